using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>The words in which a model is asked which option a text gives. What is put into them is text, whatever it says.</summary>
public static class ClassifyWording
{
    /// <summary>What the wording is called.</summary>
    public const string Name = "classify";

    /// <summary>Any change of the words is a new version.</summary>
    public const int Version = 1;

    /// <summary>How the answer begins; a letter comes next.</summary>
    internal const string Opening = "It gives option (";

    const string Head = "Here is a question, its options, and what someone answered to it in their own words.\n\nQuestion: ",
        Listed = "\n\nOptions:\n", None = "None of these, or several", Answer = "\nAnswer:\n",
        Asked = "\n\nWhich option does this answer give?";

    /// <summary>SHA-256 of the words, 64 lower-case hexadecimal digits.</summary>
    public static string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Name} {Version}\n{Message("{question}", ["{option}"], "{text}")}\n{Opening}")));

    /// <summary>The letters, of the options and of none of them.</summary>
    /// <param name="options">The number of options.</param>
    public static IReadOnlyList<string> Labels(int options) => [.. OptionLetters.First(options + 1)];

    /// <summary>What the model is asked.</summary>
    /// <param name="question">The survey's question.</param>
    /// <param name="options">Its options, in the order that whoever answered saw.</param>
    /// <param name="text">What was answered.</param>
    public static string Message(string question, IReadOnlyList<string> options, string text)
    {
        var message = new StringBuilder(Head).Append(question).Append(Listed);
        foreach (var (label, option) in Labels(options.Count).Zip([.. options, None]))
            message.Append($"({label}) {option}\n");
        return message.Append(Answer).Append(text).Append(Asked).ToString();
    }
}
