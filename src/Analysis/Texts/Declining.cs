namespace LocalOpinions.Analysis.Texts;

/// <summary>Tells whether a text declines to answer, by phrases that models decline with.</summary>
static class Declining
{
    // In lower case, with straight apostrophes; what a person could say of a question's matter, as "I don't think so", is not among them.
    static readonly string[] s_phrases =
    [
        "as an ai", "as a language model", "i'm an ai", "i am an ai", "i'm just an ai", "i am just an ai", "i'm a language model",
        "i am a language model", "i cannot answer", "i can't answer", "i cannot provide", "i can't provide", "i cannot give",
        "i can't give", "i am not able to", "i'm not able to", "i am unable to", "i'm unable to", "i cannot choose", "i can't choose",
        "i cannot select", "i can't select", "i don't have personal", "i do not have personal", "i don't have an opinion",
        "i do not have an opinion", "i don't have opinions", "i do not have opinions", "i have no opinion",
        "i have no opinions", "i have no personal",
        "i won't answer", "i will not answer", "i refuse to", "i'd rather not", "i would rather not", "i prefer not to",
        "i don't know", "i do not know", "i'm not sure", "i am not sure",
        "как искусственный интеллект", "как языковая модель", "я не могу ответить", "у меня нет личного мнения", "я не знаю",
        "作为人工智能", "作为一个人工智能", "作为ai", "作为一个语言模型", "我无法回答", "我不能回答", "我没有个人", "我不知道",
        "bir yapay zeka olarak", "bir dil modeli olarak", "cevap veremem", "yanıt veremem", "kişisel görüşüm yok",
        "kişisel görüşüm yoktur", "bilmiyorum",
        "als ki", "als künstliche intelligenz", "als sprachmodell", "ich kann diese frage nicht", "ich habe keine persönliche",
        "ich habe keine persönlichen", "ich weiß es nicht",
        "en tant qu'ia", "en tant que modèle de langage", "je ne peux pas répondre", "je n'ai pas d'opinion",
        "je n'ai pas d'opinions", "je ne sais pas",
        "como ia", "como modelo de lenguaje", "no puedo responder", "no tengo opiniones", "no lo sé",
    ];

    public static bool In(string text)
    {
        var plain = text.ToLowerInvariant().Replace('’', '\'');
        return Array.Exists(s_phrases, p => StandsIn(plain, p));
    }

    // As words of its own: "as an aide" is not "as an AI".
    static bool StandsIn(string text, string phrase)
    {
        for (var from = 0; (from = text.IndexOf(phrase, from, StringComparison.Ordinal)) >= 0; from++)
        {
            if (WordEnds.StandAround(text, from, from + phrase.Length))
                return true;
        }
        return false;
    }
}
