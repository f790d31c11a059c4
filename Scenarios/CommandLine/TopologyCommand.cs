using System.CommandLine;
using System.Globalization;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Topologies;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>topology</c>: what overlays a rule makes, without a run: their degrees, fitted one by one.</summary>
internal sealed class TopologyCommand
{
    public const string Name = "topology";

    private const int DefaultPeers = 2000;
    private const int DefaultRuns = 20;
    private const int DefaultReplicates = 500;
    private const int FewestPeers = 3;

    /// <summary>Each peer is told of all before it, so the work grows with the square.</summary>
    private const int MostPeers = 100_000;

    private const int MostRuns = 100_000;
    private const int MostReplicates = 1_000_000;

    private readonly Option<long> peers = Number("--peers", "Peers in each overlay.", DefaultPeers);

    private readonly Option<long> runs = Number("--runs", "Overlays, each with the next random seed.", DefaultRuns);

    private readonly Option<long> randomSeed = Number("--random-seed", "The random seed of the first overlay.", 1);

    private readonly Option<long> bootstrap =
        Number("--bootstrap", "Replicates for each p-value; 0 leaves it out.", DefaultReplicates);

    private readonly Option<long> threads = Number(
        "--threads", "Threads that share the overlays; the results are the same.", Environment.ProcessorCount);

    private readonly Option<string> output = new("--output")
    {
        Description = "The folder for the figure and the tables. Default: topology-RULE in the current directory.",
        HelpName = "DIR",
    };

    private readonly Option<bool> json =
        JsonOption.Create("Print the report as JSON on stdout, and all else on stderr.");

    /// <summary>Options that set what a scenario has under overlay, and its names.</summary>
    private static readonly (string Option, string Key, string HelpName, string Description)[] parameters =
    [
        ("--rule", "rule", "RULE", "As in scenario files. Default: preferentialAttachment."),
        ("--links-per-join", "linksPerJoin", "M",
            "Links that a joining peer opens: a number, a range such as {\"from\":1,\"to\":3}, or floorHalfPlusOne."),
        ("--zipf-exponent", "zipfExponent", "X", "With zipfRank: the peer of rank k weighs 1/k^X. Default: 1."),
        ("--zipf-rank-by", "zipfRankBy", "age|degree|shuffled", "With zipfRank: what ranks. Default: shuffled."),
        ("--rewiring-probability", "rewiringProbability", "P", "With smallWorld. Default: 0.1."),
        ("--max-degree", "maxDegree", "N", "A peer with this many links refuses more. Default: no limit."),
        ("--file", "file", "FILE", "With fromFile: a graph as analyze graph reads it."),
    ];

    private readonly (Option<string> Option, string Path)[] overlay =
    [
        .. parameters.Select(each => (
            new Option<string>(each.Option) { Description = each.Description, HelpName = each.HelpName },
            $"overlay.{each.Key}")),
    ];

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var own = new TopologyCommand();
        var command = new Command(Name, "Grow overlays by a rule, and judge whether their degrees are a power law.");
        foreach (var (option, _) in own.overlay)
            command.Add(option);
        Option[] others = [own.peers, own.runs, own.randomSeed, own.bootstrap, own.threads, own.output, own.json];
        foreach (var option in others)
            command.Add(option);
        command.SetAction((parsed, cancel) => Task.Run(
            () =>
            {
                own.Run(parsed, terminal, library, cancel);
                return (int)ExitCode.Held;
            },
            CancellationToken.None));
        return command;
    }

    private void Run(ParseResult parsed, Terminal terminal, ScenarioLibrary library, CancellationToken cancel)
    {
        TopologyRequest request = Read(parsed, library);
        bool isJson = parsed.GetValue(json);
        TopologyReport report = TopologySession.Run(request, terminal.MessagesOf(isJson), cancel);
        if (isJson)
            JsonOption.WriteLine(terminal, report);
        else
            Draw(report, terminal, library);
    }

    private TopologyRequest Read(ParseResult parsed, ScenarioLibrary library)
    {
        int population = (int)InRange(parsed, peers, FewestPeers, MostPeers);
        int count = (int)InRange(parsed, runs, 1, MostRuns);
        long first = InRange(parsed, randomSeed, 0, (long)Scenario.LargestRandomSeed - count + 1);
        Scenario scenario = new ScenarioLoader(library)
            .LoadDefaults(Name, [.. Settings(parsed, population, first)]).Scenario;
        string folder = parsed.GetValue(output) ?? $"{Name}-{ScenarioJson.WordOf(scenario.Overlay.Rule)}";
        return new TopologyRequest
        {
            Scenario = scenario,
            Runs = count,
            Replicates = (int)InRange(parsed, bootstrap, 0, MostReplicates),
            Threads = (int)InRange(parsed, threads, 1, SimulatedNetworkOptions.MostThreads),
            OutputDirectory = library.FromCurrentDirectory(folder),
        };
    }

    /// <summary>The rules of scenario files check them; a peer is told of all, whatever the rule.</summary>
    private IEnumerable<Setting> Settings(ParseResult parsed, int population, long first)
    {
        yield return Setting.Of($"{peers.Name} {population}", "peers.count", Text(population));
        yield return Setting.Of($"{peers.Name} {population}", "seedNodes.peerListLimit", Text(population));
        yield return Setting.Of($"{randomSeed.Name} {first}", "randomSeed", Text(first));
        foreach (var (option, path) in overlay)
            if (parsed.GetResult(option) is not null && parsed.GetValue(option) is { } value)
                yield return Setting.Of($"{option.Name} {value}", path, value);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long InRange(ParseResult parsed, Option<long> option, long smallest, long largest)
    {
        long found = parsed.GetValue(option);
        return found >= smallest && found <= largest
            ? found
            : throw new UsageException(
                $"{option.Name}: found {found}, allowed is a whole number from {smallest} to {largest}");
    }

    private static void Draw(TopologyReport report, Terminal terminal, ScenarioLibrary library)
    {
        FittingTable table = FittingTable.OfFigures();
        table.AddRow("overlays", TopologyFiles.InWords(report));
        AddSpread("degree, mean", report.DegreeMean, 2);
        AddSpread("degree, largest", report.DegreeMax, 0);
        AddSpread("alpha", report.Alpha, 3);
        AddSpread("xmin", report.Xmin, 1);
        AddSpread("share in the tail", report.TailShare, 3);
        AddSpread("KS distance", report.Ks, 4);
        AddSpread("p-value", report.PValue, 3);
        if (report.RejectedByPValue is { } share)
            table.AddRow("p below 0.1", $"{Numbers.Percent(share)} of the overlays; of true power laws 10 %");
        if (report.RejectedByAlternative is { } better)
            table.AddRow("better alternative", $"{Numbers.Percent(better)} of the overlays");
        foreach (var (index, verdict) in report.VerdictSpread.Index())
            table.AddRow(index == 0 ? "verdicts" : "", verdict.InWords());
        table.Write(terminal.Rich(terminal.Output));
        terminal.WriteProse(terminal.Output, report.Conclusion);
        terminal.Output.WriteLine($"Figure and tables: {library.DisplayName(report.Directory)}");

        void AddSpread(string name, Spread? spread, int digits)
        {
            if (spread is not null)
                table.AddRow(name, spread.InWords(digits));
        }
    }

    private static Option<long> Number(string name, string description, long standard) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => standard,
    };
}
