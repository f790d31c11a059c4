using System.CommandLine;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>analyze</c>, and <c>analyze degrees</c>: is a list of integers, such as the degrees of an overlay, a power law?
/// </summary>
internal static class AnalyzeCommand
{
    public const string Name = "analyze";

    public const string DegreesName = "degrees";

    private const string StandardInput = "-";

    private const int DefaultReplicates = 1000;

    private const int MostReplicates = 1_000_000;

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var command = new Command(Name, "Measure a stored run again from its event log; or statistics of a file.")
        {
            Degrees(terminal, library), AnalyzeGraphCommand.Create(terminal, library),
        };
        AnalyzeRunCommand.AddTo(command, terminal, library);
        return command;
    }

    private static Command Degrees(Terminal terminal, ScenarioLibrary library)
    {
        var file = new Argument<string>("file")
        {
            Description = "Whole numbers, one a line; may be packed with gzip; - reads standard input.",
        };
        var bootstrap = new Option<int>("--bootstrap")
        {
            Description = "Replicates for the p-value; 0 leaves it out.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultReplicates,
        };
        var randomSeed = new Option<long>("--random-seed")
        {
            Description = "The number from which the replicates derive.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> json = JsonOption.Create("Print the analysis as JSON.");
        var command = new Command(DegreesName, "Fit a discrete power law to a list of whole numbers, and judge it.")
        {
            file, bootstrap, randomSeed, json,
        };
        command.SetAction(parsed =>
        {
            int replicates = (int)InRange("--bootstrap", parsed.GetValue(bootstrap), MostReplicates);
            long seed = InRange("--random-seed", parsed.GetValue(randomSeed), (long)Scenario.LargestRandomSeed);
            string named = parsed.GetValue(file)!;
            long[] values = named == StandardInput
                ? IntegerList.Read(terminal.OpenInput(), "standard input")
                : IntegerList.ReadFile(library.FromCurrentDirectory(named), named);
            PowerLawAnalysis analysis = PowerLaw.Analyze(
                values, new PowerLawOptions { Replicates = replicates, RandomSeed = (ulong)seed });
            if (parsed.GetValue(json))
                JsonOption.WriteLine(terminal, analysis);
            else
                DegreeTables.Draw(analysis, terminal);
        });
        return command;
    }

    private static long InRange(string option, long value, long largest) => value >= 0 && value <= largest
        ? value
        : throw new UsageException($"{option}: found {value}, allowed is a whole number from 0 to {largest}");
}
