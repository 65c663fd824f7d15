namespace LocalOpinions.Runner.Sql;

/// <summary>A person's way through earlier statements; what was being typed waits at the end of it.</summary>
sealed class HistoryWalk(IReadOnlyList<string> statements)
{
    int _at = statements.Count;
    string _unfinished = "";

    public void Back(EditedText text)
    {
        if (_at == 0)
            return;
        if (_at == statements.Count)
            _unfinished = text.Text;
        text.Set(statements[--_at]);
    }

    public void Forward(EditedText text)
    {
        if (_at == statements.Count)
            return;
        _at++;
        text.Set(_at == statements.Count ? _unfinished : statements[_at]);
    }
}
