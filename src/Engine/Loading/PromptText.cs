using System.Text;

namespace LocalOpinions.Engine.Loading;

/// <summary>A piece of a prompt.</summary>
/// <param name="Text">Text; or the name of a control token, as "&lt;|im_end|&gt;".</param>
/// <param name="IsControl">Whether it is a control token. Only a model's own chat layout has such.</param>
public readonly record struct PromptPiece(string Text, bool IsControl = false);

/// <summary>A prompt as it is tokenised: stretches of text, each by itself and as nothing but text, between control tokens.</summary>
public sealed class PromptText
{
    /// <summary>Joins neighbouring texts: tokenizers look at what stands side by side.</summary>
    public PromptText(params IEnumerable<PromptPiece> pieces)
    {
        List<PromptPiece> joined = [];
        foreach (var piece in pieces)
        {
            if (!piece.IsControl && joined.Count > 0 && !joined[^1].IsControl)
                joined[^1] = new(joined[^1].Text + piece.Text);
            else if (piece.IsControl || piece.Text.Length > 0)
                joined.Add(piece);
        }
        Pieces = joined;
    }

    /// <summary>The pieces, no two texts side by side, none empty.</summary>
    public IReadOnlyList<PromptPiece> Pieces { get; }

    /// <summary>A prompt of text alone.</summary>
    public static implicit operator PromptText(string text) => new(new PromptPiece(text));

    /// <summary>The prompt with more text at its end.</summary>
    public PromptText With(string text) => new([.. Pieces, new(text)]);

    /// <summary>The prompt as one text, control tokens by name.</summary>
    public override string ToString() => Pieces.Aggregate(new StringBuilder(), (all, piece) => all.Append(piece.Text)).ToString();
}
