using System.CommandLine;
using System.Diagnostics;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>analyze graph</c>: the metrics of an edge list, such as an overlay.</summary>
internal static class AnalyzeGraphCommand
{
    public const string Name = "graph";

    /// <summary>Enough to decide at p of 0.1; analyze degrees makes more.</summary>
    private const int DefaultReplicates = 200;

    /// <summary>Below so many nodes everything takes less than a second or two.</summary>
    private const int NodesWithProgress = 50_000;

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var file = new Argument<string>("file")
        {
            Description = $"Read are {GraphFile.Allowed}; may be packed with gzip; - reads standard input.",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads to use; the results are the same for every number.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Option<bool> json = JsonOption.Create("Print the metrics as JSON.");
        var command = new Command(
            Name,
            "Metrics of an undirected graph: components, clustering, paths, cores, hubs, robustness; and whether its "
            + "degrees "
            + "are a power law.")
        {
            file, threads, json,
        };
        FitOptions fit = FitOptions.AddTo(command, DefaultReplicates);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(threads) is var count and (< 1 or > 1024))
                throw new UsageException($"--threads: found {count}, allowed is a whole number from 1 to 1024");
            PowerLawOptions fitting = fit.Read(parsed) with { Threads = parsed.GetValue(threads) };
            string named = parsed.GetValue(file)!;
            var clock = new PartClock(terminal);
            clock.Begin("reading");
            NamedGraph graph = named == GraphFile.Stdin
                ? GraphFile.Read(terminal.OpenInput(), "standard input")
                : GraphFile.Read(library.FromCurrentDirectory(named), named);
            clock.ShowsParts = graph.Graph.Nodes >= NodesWithProgress;
            GraphAnalysis analysis = GraphAnalysis.Of(
                graph.Graph, new GraphOptions { Threads = parsed.GetValue(threads) }, clock.Begin);
            clock.Begin("powerLaw");
            PowerLawAnalysis powerLaw = PowerLaw.Analyze(Degrees(graph.Graph), fitting);
            GraphReport report = GraphReport.Of(graph, analysis, powerLaw, clock.End());
            if (parsed.GetValue(json))
            {
                JsonOption.WriteLine(terminal, report);
                return;
            }

            GraphTable.Draw(report, terminal);
            terminal.Output.WriteLine();
            terminal.Output.WriteLine("The degrees as a power law:");
            DegreeTables.Draw(powerLaw, terminal);
        });
        return command;
    }

    private static long[] Degrees(Graph graph)
    {
        var degrees = new long[graph.Nodes];
        for (int node = 0; node < degrees.Length; node++) degrees[node] = graph.Degree(node);
        return degrees;
    }

    /// <summary>How long each part takes, and for large graphs a line on stderr when it begins.</summary>
    private sealed class PartClock(Terminal terminal)
    {
        private readonly Dictionary<string, double> seconds = [];
        private string? part;
        private long began;

        public bool ShowsParts { get; set; }

        public void Begin(string next)
        {
            End();
            if (ShowsParts) terminal.Error.WriteLine($"measuring: {next}");
            (part, began) = (next, Stopwatch.GetTimestamp());
        }

        public Dictionary<string, double> End()
        {
            if (part is not null) seconds[part] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 4);
            part = null;
            return seconds;
        }
    }
}
