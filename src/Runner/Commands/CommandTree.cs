using System.CommandLine;

namespace LocalOpinions.Runner.Commands;

/// <summary>All commands.</summary>
static class CommandTree
{
    public static RootCommand Create() => new RootCommand("""
        Whose opinions do an open-weight model's answers resemble?

        Asks a GGUF model survey questions, reads the options' probabilities from its next-token logits, and compares them
        with the answers people in each country gave. Runs on this machine; nothing is sent anywhere, and only pull connects to a server.

        Examples:
          localopinions demo
          localopinions run --model SmolLM2-135M-Instruct.Q4_1 --survey global_opinions.csv --out results.duckdb
          localopinions report results.duckdb -o report.html

        Exit codes: 0 done, 1 a bug in this program, 2 wrong arguments, 3 an input or output file cannot be used,
        4 this machine lacks something (run 'localopinions doctor'), 130 interrupted (run again to go on).
        """)
    {
        DemoCommand.Create(),
        RunCommand.Create(),
        LookCommand.Create(),
        WorkerCommand.Create(),
        StudyCommand.Create(),
        ScoreCommand.Create(),
        ControlsCommand.Create(),
        CompareCommand.Create(),
        YardsticksCommand.Create(),
        MeasuresCommand.Create(),
        TextsCommand.Create(),
        ReportCommand.Create(),
        ServeCommand.Create(),
        SqlCommand.Create(),
        ImportCommand.Create(),
        MergeCommand.Create(),
        SurveysCommand.Create(),
        TranslateCommand.Create(),
        WordingsCommand.Create(),
        VerifyCommand.Create(),
        BenchCommand.Create(),
        ModelsCommand.Create(),
        PullCommand.Create(),
        DoctorCommand.Create(),
    };
}
