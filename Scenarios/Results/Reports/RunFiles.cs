using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>What a run's folder holds, in words for readers.</summary>
internal static class RunFiles
{
    /// <summary>
    /// Those that were written; a table of which nothing but the heading is there is not worth a look.
    /// </summary>
    public static IReadOnlyList<(string Name, string What)> InWords(RunResult result)
    {
        var (measurements, logs) = (result.Measurements, result.Summary.Logs);
        var none = ScenarioJson.WordOf(LogKind.None);
        return
        [
            .. All.Where(file => file.Name switch
            {
                "outputfile.txt" => logs is null || logs.TextLogs != none,
                EventLog.FileName => logs is null || logs.EventLog != none,
                "metrics.csv" => measurements.Record.Metrics is not null,
                "messages.csv" => measurements.Messages.Count > 0,
                "propagation.csv" => measurements.Propagation.ByHop.Count > 0,
                "detection.csv" => measurements.Crashes.Count > 0,
                "overhead.csv" => result.Summary.Overhead is not null,
                _ => true,
            }),
        ];
    }

    private static readonly IReadOnlyList<(string Name, string What)> All =
    [
        ("metrics.csv", "The protocol's metrics, second by second: mean, least, most, deviation."),
        ("summary.json", "Every figure of this page and more, for programs."),
        ("outputfile.txt", "The log of all nodes in order of time; logs/ has one for each process."),
        (EventLog.FileName, "Everything that happened, each event with the number of the one that led to it."),
        ("messages.csv", "One row for each message: coverage, latencies, hops, copies."),
        ("propagation.csv", "One row for each number of hops: receipts and their latencies."),
        ("detection.csv", "One row for each crash and seed node: suspected, reported, removed when, stage by stage."),
        ("overhead.csv", "One row for each kind of message: how many, how many bytes, for each peer and second."),
        ("overlay.graphml", "The graph of the live peers at the end, for graph programs."),
        ("plots/", "The figures as SVG and PNG, and the numbers of each as CSV."),
        ("scenario.json", "The scenario as it was given; scenario.effective.json has every default filled in."),
        ("run.json", "Version, machine and command."),
    ];
}
