namespace LocalOpinions.Engine.Chat;

/// <summary>
/// A message that a template is tried with: whatever a template might change in a text or look for in it, as far as that can be thought
/// of. What leaves this one as it is, and adds the same around it as around any other, is taken to do so with every message.
/// </summary>
static class ChatProbe
{
    // As long as questions with long lists of options become.
    const int Times = 6;

    // Marks of other languages' programs, scripts, blanks of all kinds, and what looks like formatting.
    const string Odd = "Is it <b>so</b> &amp; \"so\", 'it' \\n {{ 1 }} {% x %} {# y #} %s $1 ÄÖ 漢字 \U0001F30D  twice\n\n\tand * _lines_ "
        + "`a`\n 1. b";

    const string Typography = "“a” ‘b’ „c“ «d» it’s… – — ¿so? ¡so! no\u00a0break 甲：乙？丙！（丁），戊。";

    // The words that questions to people are put in, their marks where they stand in them.
    const string Words = """
        Human: How would someone from the United States, Great Britain, Germany, France, Brazil, China, India, Japan, Russia, Turkey,
        Nigeria or Kenya answer the following question: Do you think that your country, its people and its government are going in the
        right direction - yes or no? (READ OUT; ONE ANSWER ONLY!) Please select one of these options, and say which you would choose:

        Here are the options:
        (A) Yes, very good
        (B) No, not at all good
        (C) Strongly agree / disagree
        (D) Somewhat important; neither
        (E) Don't know/Refused [DO NOT READ]

        Question 12. Options: A) a lot, B) a little, C. none; 1 = never, 10 = always. Answer with the letter of one option alone.
        You are a 34-year-old woman with a university degree who lives in a village. The persona, system, user, instructions.
        Of 100 people who are asked this, how many would choose each option? The numbers sum to 100: 5%, 20.5%, $30, #4, 2 + 2 * 2 = 6.
        In politics, religion, war, immigration, gender, climate, health, family, work and money, what is your opinion about the president,
        the United Nations, the economy, democracy, the police, women, men, children, God, abortion, vaccines, weapons, crime and death?
        Assistant: If I had to select one of the options, my answer would be: of these options, the one that I would select is (A).
        """;

    /// <summary>The message; no blank at either end.</summary>
    public static string Text { get; } = string.Join("\n\n",
        [Odd, Ascii, Typography, .. Enumerable.Repeat(Words.ReplaceLineEndings("\n"), Times), $"Last: {Ascii.Trim()} {Odd}"]);

    // Each by itself, and between letters.
    static string Ascii => string.Join(' ', Enumerable.Range(' ', '~' - ' ' + 1).Select(c => $"{(char)c} a{(char)c}b a{(char)c} b"));
}
