namespace LocalOpinions.Store.Schema;

/// <summary>What a model is called where people look: by its name, and where several of the file share that, by its hash too.</summary>
public static class ModelLabels
{
    /// <summary>
    /// SELECT of model_id, model (the label) and sha256. The view model_labels is this; files with views of an earlier version lack it.
    /// </summary>
    public const string Query =
        """
        SELECT model_id, sha256,
               CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN name || ' (' || left(sha256, 8) || ')' ELSE name END AS model
        FROM models
        """;

    internal static string View { get; } =
        $"""
        CREATE VIEW model_labels AS
        {Query};
        COMMENT ON VIEW model_labels IS 'What views call a model: one row each.';
        COMMENT ON COLUMN model_labels.model_id IS 'The model.';
        COMMENT ON COLUMN model_labels.model IS 'Its name, with the beginning of its SHA-256 where models of the file share it.';
        COMMENT ON COLUMN model_labels.sha256 IS 'SHA-256 of the model file''s bytes.';

        """.ReplaceLineEndings("\n");
}
