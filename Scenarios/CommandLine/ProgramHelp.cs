using System.CommandLine;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>The help of the program as a whole: its commands by what they are for, and where to find more.</summary>
internal static class ProgramHelp
{
    /// <summary>A command that is in no group would be shown nowhere, so a test looks for each.</summary>
    public static IReadOnlyList<(string Purpose, string[] Commands)> Groups { get; } =
    [
        ("Run scenarios", [RunCommand.Name, ValidateCommand.Name, ListCommand.Name, SchemaCommand.Name]),
        ("Look at a run", [
            AnalyzeCommand.Name, ExplainCommand.Name, ReplayCommand.Name, ViewCommand.Name, DashboardCommand.Name,
            ExportCommand.Name,
        ]),
        ("Compare many runs", [CompareCommand.Name, SweepCommand.Name, TopologyCommand.Name, BenchCommand.Name]),
        ("Find what breaks", [ExploreCommand.Name, ShrinkCommand.Name]),
        ("Start nodes by hand", [
            UpCommand.Name, ManageCommand.Name, NodeCommand.SeedName, NodeCommand.PeerName, KeysCommand.Name,
            TestCommand.Name,
        ]),
        ("Learn the protocol", [DemoCommand.Name]),
    ];

    private static readonly string[] examples =
    [
        "gossipsim crash-hub.json",
        "gossipsim run my.json --runtime sim --set peers.count=500 --random-seed 7",
        "gossipsim explain results/latest",
        "gossipsim up 3 5",
    ];

    public static void Write(RootCommand root, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        terminal.WriteProse(output, root.Description!);
        output.WriteLine("\nUsage:");
        WriteRows(terminal,
        [
            ("gossipsim SCENARIO [options]", "a file, or the name of a shipped scenario: short for run"),
            ("gossipsim COMMAND [arguments] [options]", ""),
            ("gossipsim help COMMAND", "everything about one command"),
        ]);
        foreach ((string purpose, string[] names) in Groups)
        {
            List<(string, string)> rows =
            [
                .. root.Subcommands.Where(command => names.Contains(command.Name))
                    .OrderBy(command => Array.IndexOf(names, command.Name))
                    .Select(command => (command.Name, command.Description ?? "")),
            ];
            if (rows.Count == 0)
                continue;
            output.WriteLine($"\n{purpose}:");
            WriteRows(terminal, rows);
        }

        output.WriteLine("\nOptions:");
        WriteRows(terminal, [("-h, --help", "show this"), ("-v, --version", "show the version")]);
        output.WriteLine($"\nExamples:\n  {string.Join("\n  ", examples)}\n");
    }

    /// <summary>Explanations begin at one column, and go on there.</summary>
    private static void WriteRows(Terminal terminal, IReadOnlyList<(string Name, string Meaning)> rows)
    {
        int column = rows.Where(row => row.Meaning.Length > 0).Max(row => row.Name.Length) + 4;
        foreach ((string name, string meaning) in rows)
            terminal.WriteProse(terminal.Output, $"  {name.PadRight(column - 2)}{meaning}".TrimEnd(), column);
    }
}
