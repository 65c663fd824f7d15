using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Reads a YAML file, and so a JSON file, into parts with places. Nothing is resolved: every scalar is its text.</summary>
static class YamlFile
{
    /// <summary>Reads the one document of a file.</summary>
    public static YamlPart Read(byte[] utf8, string path)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(new MemoryStream(utf8), Encoding.UTF8);
            stream.Load(new PlainParser(new Parser(reader), path));
        }
        catch (YamlException e)
        {
            throw new SurveyException(
                At(path, e.Start),
                $"this is not YAML ({(e.InnerException as YamlException ?? e).Message})".ReplaceLineEndings(" "),
                "Look at the indentation, which must be of blanks, and put texts that hold a colon, #, [, { or quotation marks into "
                    + "quotation marks",
                e);
        }
        return stream.Documents.Count switch
        {
            0 => throw new SurveyException(new(path), "the file holds nothing", "Start from a small survey")
            {
                Step = SurveyStep.StartSurvey,
            },
            1 => new(stream.Documents[0].RootNode, path),
            _ => throw new SurveyException(At(path, stream.Documents[1].RootNode.Start), "a second document begins here",
                "Keep one survey per file: remove the line ---"),
        };
    }

    static SurveyPlace At(string path, Mark mark) =>
        new(path, Line: (int)mark.Line, Column: mark.Column.ToString(CultureInfo.InvariantCulture));

    /// <summary>Refuses what lets a small file become a huge one, and nesting that no survey has.</summary>
    sealed class PlainParser(IParser inner, string path) : IParser
    {
        const int Deepest = 16;

        int _depth;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            if (!Next())
                return false;
            _depth += inner.Current!.NestingIncrease;
            if (inner.Current is AnchorAlias)
                throw new SurveyException(At(path, inner.Current.Start), "an alias (*name) stands here",
                    "Write the text itself, or put it into quotation marks");
            if (_depth > Deepest)
                throw new SurveyException(At(path, inner.Current.Start), "too many levels", "Look for brackets that are not closed");
            return true;
        }

        bool Next()
        {
            try
            {
                return inner.MoveNext();
            }
            // So the library's scanner ends at some malformed texts, such as a quoted one with letters behind it in brackets.
            catch (InvalidOperationException e)
            {
                var end = inner.Current?.End ?? Mark.Empty;
                throw new YamlException(end, end, "something unexpected stands behind this place", e);
            }
        }
    }
}
