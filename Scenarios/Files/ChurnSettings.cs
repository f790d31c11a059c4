using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Peers that come and go all the time, from the end of formation to the end of measurement. See Stutzbach and Rejaie,
/// "Understanding Churn in Peer-to-Peer Networks" (IMC 2006), for which distributions sessions have.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "model")]
[JsonDerivedType(typeof(SessionChurn), "sessions")]
[JsonDerivedType(typeof(ArrivalChurn), "arrivals")]
[JsonDerivedType(typeof(TraceChurn), "trace")]
internal abstract record ChurnSettings
{
    /// <summary>Peers that come in addition to those of the beginning.</summary>
    internal virtual int Newcomers(int initialPeers) => 0;

    /// <summary>The file that is read when the scenario is loaded; null for none.</summary>
    internal virtual string? FileToRead => null;

    internal virtual ChurnSettings Read(string text, string source) => this;
}

/// <summary>How peers go.</summary>
internal sealed record DepartureSettings
{
    [Description("The share that crashes.")]
    [Range(0, 1)]
    public double CrashFraction { get; init; } = 1;

    [Description("The share that says good-bye.")]
    [Range(0, 1)]
    public double LeaveFraction { get; init; }
}

/// <summary>Each peer of the beginning is up for a while, down for a while, and so on.</summary>
internal sealed record SessionChurn : ChurnSettings
{
    [Description("How long a peer stays, in seconds; the first session begins when the network has formed.")]
    public required DistributionSettings SessionSeconds { get; init; }

    [Description("How long it is away, in seconds.")]
    public required DistributionSettings DowntimeSeconds { get; init; }

    [Description("How peers go.")]
    public DepartureSettings Departure { get; init; } = new();

    [Description("Whether publishers stay all the time.")]
    public bool ExcludePublishers { get; init; }
}

/// <summary>New peers come in a Poisson process, stay for a while and go for good.</summary>
internal sealed record ArrivalChurn : ChurnSettings
{
    [Description("How many peers come in a second, on average.")]
    [Range(0.000_001, 1_000_000)]
    public required double RatePerSecond { get; init; }

    [Description("At most so many come; an address is kept for each.")]
    [Range(1, 1_000_000)]
    public required int MostArrivals { get; init; }

    [Description("How long each of them stays, in seconds.")]
    public required DistributionSettings SessionSeconds { get; init; }

    [Description("How peers go.")]
    public DepartureSettings Departure { get; init; } = new();

    internal override int Newcomers(int initialPeers) => MostArrivals;
}

/// <summary>Comings and goings as they were recorded somewhere.</summary>
internal sealed record TraceChurn : ChurnSettings
{
    public const int MostEvents = 1_000_000;

    [Description("What happened, in order of time. Either this or file.")]
    [MaxLength(MostEvents)]
    public IReadOnlyList<TraceEvent> Events { get; init; } = [];

    [Description("A CSV file beside the scenario file, with the columns seconds, peer and change.")]
    public string? File { get; init; }

    internal override int Newcomers(int initialPeers) =>
        Math.Max(0, Events.Select(each => each.Peer + 1).DefaultIfEmpty().Max() - initialPeers);

    internal override string? FileToRead => Events.Count == 0 ? File : null;

    internal override ChurnSettings Read(string text, string source) =>
        this with { Events = TraceFile.Parse(CsvTable.Parse(text, source)), File = null };
}

internal sealed record TraceEvent
{
    [Description("When, in seconds from the end of formation.")]
    [Range(0, ScheduledFault.LongestSeconds)]
    public required double Seconds { get; init; }

    [Description("The peer's place in starting order, from 0; places beyond peers.count are newcomers.")]
    [Range(0, 999_999)]
    public required int Peer { get; init; }

    [Description("What it does.")]
    public required TraceChange Change { get; init; }
}

internal enum TraceChange
{
    /// <summary>Its process starts, for the first time or again.</summary>
    Up,

    /// <summary>It crashes.</summary>
    Down,

    /// <summary>It says good-bye and stops.</summary>
    Leave,
}
