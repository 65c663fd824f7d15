namespace LocalOpinions.Runner.Sql;

/// <summary>Completes the word before the caret; asked again, with the next word that begins so.</summary>
sealed class WordCompletion(SqlWords words)
{
    IReadOnlyList<string> _offers = [];
    int _offer;
    (string Text, int Caret) _left;

    public void Complete(EditedText text, int step)
    {
        if (_offers.Count == 0 || _left != (text.Text, text.Caret))
        {
            _offers = words.BeginningWith(text.Text[WordStart(text)..text.Caret]);
            _offer = step > 0 ? -1 : 0;
        }
        if (_offers.Count == 0)
            return;
        _offer = (_offer + step + _offers.Count) % _offers.Count;
        text.DeleteTo(WordStart(text));
        text.Insert(_offers[_offer]);
        _left = (text.Text, text.Caret);
    }

    static int WordStart(EditedText text)
    {
        var start = text.Caret;
        while (start > 0 && SqlWords.IsPart(text.Text[start - 1]))
            start--;
        return start;
    }
}
