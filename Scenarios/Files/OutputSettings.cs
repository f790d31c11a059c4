using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>What a run leaves in its folder beside summary and report.</summary>
internal sealed record OutputSettings
{
    [Description("The figures to draw.")]
    [MaxLength(32)]
    public IReadOnlyList<PlotKind> Plots { get; init; } =
    [
        PlotKind.DegreeDistribution, PlotKind.PropagationLatency, PlotKind.CoverageOverTime,
        PlotKind.DetectionTimeline,
    ];

    [Description("How much of what happened is written to events.jsonl.gz.")]
    public EventLogKind EventLog { get; init; } = EventLogKind.Full;

    [Description("The source documents whose log files are written too, in their names and wording.")]
    [MaxLength(8)]
    public IReadOnlyList<CompatLog> CompatLogs { get; init; } = [CompatLog.Doc000];

    [Description("After a TCP run: simulate the same with the measured link latencies, and draw both.")]
    public bool CompareWithSimulation { get; init; }

    [Description("On TCP: record every input and output of every node, so that replay can run the nodes again.")]
    public bool RecordInputs { get; init; }
}

internal enum PlotKind
{
    DegreeDistribution,
    PropagationLatency,
    CoverageOverTime,
    DetectionTimeline,
}

internal enum EventLogKind
{
    Full,
    None,
}

internal enum CompatLog
{
    Doc000,
    Doc002,
    Doc003,
}
