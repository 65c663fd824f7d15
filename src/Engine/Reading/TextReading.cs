using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Reading;

/// <summary>Collects the log-probabilities of one prompt's texts, token by token, from whatever decodes give them.</summary>
sealed class TextReading
{
    readonly TokenizedPrompt _prompt;
    readonly OptionTexts _texts;
    // By token of each text: after the prompt, and after the domain prompt where there is one.
    readonly double[][] _afterPrompt;
    readonly double[][]? _afterDomain;
    int _missing;

    public TextReading(TokenizedPrompt prompt)
    {
        (_prompt, _texts) = (prompt, prompt.Texts!);
        _afterPrompt = Unread();
        _afterDomain = _texts.Domain.Length > 0 ? Unread() : null;
    }

    public bool IsComplete => _missing == 0;

    /// <summary>Takes what a row of logits says of this prompt's texts.</summary>
    /// <param name="path">A path that the row lies on.</param>
    /// <param name="owner">What the path is to this prompt.</param>
    /// <param name="position">The row's position: its logits are those of the token behind it.</param>
    /// <param name="logits">The row.</param>
    /// <param name="total">The log of the sum of its exponentials.</param>
    public void Add(TokenPath path, PathOwner owner, int position, ReadOnlySpan<float> logits, double total)
    {
        var values = owner.IsDomain ? _afterDomain! : _afterPrompt;
        var index = position + 1 - owner.Context;
        if (index < 0)
            return;
        var before = path.Tokens.AsSpan(owner.Context, index);
        for (var i = 0; i < values.Length; i++)
        {
            var text = _texts.Tokens[i];
            if (index >= text.Length || !double.IsNaN(values[i][index]) || !text.AsSpan().StartsWith(before))
                continue;
            values[i][index] = logits[text[index]] - total;
            _missing--;
        }
    }

    public PromptScore Score() =>
        PromptScore.OfTexts(_prompt, Sums(_afterPrompt), _afterDomain is null ? null : Sums(_afterDomain));

    double[][] Unread()
    {
        var values = new double[_texts.Tokens.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new double[_texts.Tokens[i].Length];
            Array.Fill(values[i], double.NaN);
            _missing += values[i].Length;
        }
        return values;
    }

    static double[] Sums(double[][] values) => [.. values.Select(v => v.Sum())];
}
