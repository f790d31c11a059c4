using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>What a run leaves in its folder beside summary and report.</summary>
internal sealed record OutputSettings
{
    [Description("The figures to draw.")]
    [MaxLength(32)]
    public IReadOnlyList<PlotKind> Plots { get; init; } = Enum.GetValues<PlotKind>();

    /// <summary>Our choice: beyond so many peers logs, graph and their index would outgrow disk and memory.</summary>
    public const int MostPeersLoggedFully = 50_000;

    [Description("What of the run is written to events.jsonl.gz: all, what concerns a sample of the peers, nothing."
        + " overlay.graphml is sampled with it; explain needs full."
        + " Default: full, or sampled beyond 50,000 peers.")]
    public LogKind EventLog { get; init; } = LogKind.Full;

    /// <summary>Our choice: beyond so many peers text takes longer to write than the run to simulate.</summary>
    public const int MostPeersInTextLogs = 1_000;

    [Description("What of the run is written to outputfile.txt and logs/: all, what concerns about 200 of the peers"
        + " (sampledPeers, if fewer), nothing."
        + " Default: full, or in the simulator sampled beyond 1,000 peers.")]
    public LogKind TextLogs { get; init; } = LogKind.Full;

    /// <summary>Our choice: a person reads the logs of some peers, not of thousands.</summary>
    public const int MostPeersInSampledText = 200;

    [Description("How many peers a sampled log follows, about: a hash of the address chooses, the same in every run."
        + " Faults, crashes, suspicions and removals are logged of all.")]
    [Range(1, 1_000_000)]
    public int SampledPeers { get; init; } = 1000;

    [Description("The source documents whose log files are written too, in their names and wording.")]
    [MaxLength(8)]
    public IReadOnlyList<CompatLog> CompatLogs { get; init; } = [CompatLog.Doc000];

    [Description("After a TCP run: simulate the same with the measured link latencies, and draw both.")]
    public bool CompareWithSimulation { get; init; }

    [Description("On TCP: record every input and output of every node, so that replay can run the nodes again.")]
    public bool RecordInputs { get; init; }
}

/// <summary>In the order of the report.</summary>
internal enum PlotKind
{
    ScenarioCourse,
    DegreeDistribution,
    Robustness,
    OverlayDrawing,
    PropagationLatency,
    LatencyByPhase,
    CoverageOverTime,
    HopHistogram,
    LatencyByHop,
    SpaceTime,
    DetectionTimeline,
    DetectionStages,
    OverheadByKind,
}

internal enum LogKind
{
    Full,
    Sampled,
    None,
}

internal enum CompatLog
{
    Doc000,
    Doc002,
    Doc003,
    Doc004,
}
