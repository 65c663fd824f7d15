using DuckDB.NET.Data;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store.Connections;

// What is done as a whole: transactions, and settings that are put back.
sealed partial class Connection
{
    /// <summary>All of it or nothing of it.</summary>
    public void InTransaction(Action body)
    {
        var transaction = Begin();
        try
        {
            body();
            Commit(transaction);
        }
        catch (Exception e)
        {
            Try("ROLLBACK", transaction.Rollback, e);
            throw;
        }
    }

    /// <summary>Does something between two statements that change and restore settings of the whole database.</summary>
    public void Between(string change, string restore, Action body)
    {
        Execute(change);
        try
        {
            body();
        }
        catch (Exception e)
        {
            Try(restore, () => Execute(restore), e);
            throw;
        }

        Execute(restore);
    }

    DuckDBTransaction Begin()
    {
        try
        {
            return connection.BeginTransaction();
        }
        catch (DuckDBException e)
        {
            throw DuckDbError.FromMessage(e.Message);
        }
        catch (InvalidOperationException)
        {
            // DuckDB.NET keeps a transaction that could not be rolled back, and says no more; DuckDB itself knows what is wrong.
            Execute("BEGIN TRANSACTION");
            throw;
        }
    }

    static void Commit(DuckDBTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (Exception e) when (DuckDbError.From(e) is { } error)
        {
            throw error;
        }
    }

    // The cause matters to the caller, what else fails only beside it: after a failed COMMIT there is nothing left to roll back.
    static void Try(string what, Action action, Exception cause)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is StoreException or DuckDBException or InvalidOperationException)
        {
            cause.Data[what] = e.Message;
        }
    }
}
