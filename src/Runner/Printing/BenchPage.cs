using System.Text;
using LocalOpinions.Asking.Measuring;
using LocalOpinions.Asking.Running;

namespace LocalOpinions.Runner.Printing;

/// <summary>A benchmark as a Markdown page: what a person reads on a terminal and what is kept in a repository.</summary>
static class BenchPage
{
    public static string Write(BenchOutcome bench, string command)
    {
        var page = new StringBuilder();
        page.AppendLine($"# {bench.Model} ({bench.Quantisation})").AppendLine();
        var survey = Path.GetFileName(bench.Survey);
        var threads = bench.Threads > 0 ? $"{bench.Threads} threads, " : "";
        var device = bench.ComputesOn.Length > 0 ? bench.ComputesOn : bench.Device;
        page.AppendLine($"{bench.Machine}, {threads}{device}; {bench.EngineBuild}; survey {survey}").AppendLine();
        page.AppendLine($"    {command}").AppendLine();
        if (bench.PromptRates.Count == 0)
            return WriteServed(page, bench);
        page.AppendLine("| test | tokens/s: mean ± standard deviation | median |").AppendLine("|---|---|---|");
        foreach (var rate in bench.PromptRates)
            page.AppendLine($"| {rate.Test} | {rate.Mean:N0} ± {rate.StandardDeviation:N0} | {rate.Median:N0} |");
        page.AppendLine();

        page.AppendLine("| condition | questions | answers | tokens/s | × pp512 | answers/s | effective tokens/s | effective × pp512 | "
            + "ceiling | of ceiling | in decode | reading | bytes/answer | peak MB |");
        page.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, run, ofCeiling, _) in bench.Conditions)
        {
            page.AppendLine($"| {name} | {run.Questions:N0} | {run.Answered:N0} | {run.TokensPerSecond:N0} | {run.Probe!.Ratio:F2} | "
                + $"{run.AnswersPerSecond:N1} | {run.EffectiveTokensPerSecond:N0} | {run.Probe.EffectiveRatio:F2} "
                + $"| {run.Ceiling:F2} | {ofCeiling:F2} | {run.DecodingShare:P1} | {run.ReadingShare:P1} | "
                    + $"{Bytes(run)} | {run.PeakMemoryBytes / 1e6:N0} |");
        }
        page.AppendLine();
        page.AppendLine("Each condition asks a seeded sample. × pp512: against the median of pp512 decodes taken in the same process "
            + "before, during (every 30 s, between two decodes) and after.");
        page.AppendLine("Effective: tokens that would have been decoded without sharing; ceiling: these / decoded tokens of the plan. "
            + "Rates count from the first decode to the last row stored, without the pp512 decodes.");
        page.AppendLine("In decode: share of the engine thread's time inside llama_decode; reading: softmax and labels, on a thread "
            + "beside it. Bytes: managed memory allocated per answer by all threads, from the first commit on.");
        WriteSharing(page, bench);
        if (bench.Formats.Count > 0)
        {
            page.AppendLine().AppendLine("| weights | pp512 tokens/s | × |").AppendLine("|---|---|---|");
            foreach (var format in bench.Formats)
                page.AppendLine($"| {format.Format} | {format.TokensPerSecond:N0} | {format.Ratio:F2} |");
            var best = bench.Formats.MaxBy(f => f.Ratio)!;
            page.AppendLine().AppendLine(best.Ratio > 1.05
                ? $"On this device {best.Format} weights are {best.Ratio:F2} times as fast as this model's own: a {best.Format} file of "
                    + $"it would answer faster. (Converted here for timing only.)"
                : "No other of these formats is clearly faster on this device.");
        }
        return page.ToString();
    }

    // Of a server there is what it answers, and what it says that it decoded.
    static string WriteServed(StringBuilder page, BenchOutcome bench)
    {
        page.AppendLine("| condition | questions | answers | answers/s | tokens/s | effective tokens/s | preparing, s | bytes/answer |");
        page.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, run, _, _) in bench.Conditions)
        {
            page.AppendLine($"| {name} | {run.Questions:N0} | {run.Answered:N0} | {run.AnswersPerSecond:N1} | {run.TokensPerSecond:N0} | "
                + $"{run.EffectiveTokensPerSecond:N0} | {run.PreparationSeconds:N1} | {Bytes(run)} |");
        }
        page.AppendLine().AppendLine("Each condition asks a seeded sample. Tokens: those that the server says it decoded, or of a server "
            + "that does not say, those of all prompts; effective: what would have been decoded without sharing. Preparing: tokenising "
            + "by the server, most of it while it answers. The server's own rate is not known here, and what it had in its cache before "
            + "is its own.");
        return page.ToString();
    }

    // Of so few questions that all were stored at once it is not known.
    static string Bytes(RunOutcome run) => run.AllocatedBytesPerAnswer is { } bytes ? $"{bytes:N0}" : "-";

    static void WriteSharing(StringBuilder page, BenchOutcome bench)
    {
        if (bench.Conditions.All(c => c.Sharing is null))
            return;
        page.AppendLine().AppendLine("| condition | questions | tokens | tokens, each text its own prompt | × | questions/s | "
            + "questions/s, each text its own prompt | × |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, _, _, sharing) in bench.Conditions)
        {
            if (sharing is not null)
                page.AppendLine($"| {name} | {sharing.Questions:N0} | {sharing.Tokens:N0} | {sharing.OwnTokens:N0} | "
                    + $"{(double)sharing.OwnTokens / sharing.Tokens:F2} | {sharing.QuestionsPerSecond:N2} | "
                    + $"{sharing.OwnQuestionsPerSecond:N2} | {sharing.Ratio:F2} |");
        }
        page.AppendLine().AppendLine("Each text its own prompt: the same texts of a seeded sample, packed into full decodes too, but "
            + "nothing shared. Decoded and read both ways in turns, three times; medians.");
    }
}
