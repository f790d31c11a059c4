using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// One experiment, as its JSON file writes it: these records *are* the file format. Names, nesting and units are those
/// of the file; a property's initial value is its default with the timing profile <c>fast</c>. Ranges, patterns and
/// descriptions are attributes, so that checking, JSON Schema and code cannot disagree.
/// </summary>
internal sealed record Scenario
{
    /// <summary>The largest random seed: every JSON reader keeps whole numbers up to 2^53-1 exactly.</summary>
    public const double LargestRandomSeed = 9_007_199_254_740_991;

    /// <summary>Names become parts of folder names on every operating system, so they are kept plain.</summary>
    public const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    public const string NameWords = "a name of at most 64 letters, digits, dots, dashes and underscores";

    [JsonPropertyName("$schema")]
    [Description("Where an editor finds the JSON Schema of this file. The program ignores it.")]
    public string? Schema { get; init; }

    [Description("Version of the file format.")]
    [AllowedValues(1)]
    public int SchemaVersion { get; init; } = 1;

    [Description("Short name; part of the name of the results folder. Default: the file's name.")]
    [RegularExpression(NamePattern, ErrorMessage = NameWords)]
    public string Name { get; init; } = "scenario";

    [Description("What the scenario shows, in a sentence or two.")]
    [MaxLength(2000)]
    public string Description { get; init; } = "";

    [Description("Words to find the scenario by.")]
    [MaxLength(32)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    [Description("A file whose keys this file adds to or overrides: beside this file, or one of the shipped ones.")]
    public string? Extends { get; init; }

    [Description("Where nodes live: sim (virtual clock, one process) or tcp (real sockets).")]
    public RuntimeKind Runtime { get; init; } = RuntimeKind.Sim;

    [Description("All randomness of a run derives from this number.")]
    [Range(0, LargestRandomSeed)]
    public long RandomSeed { get; init; } = 1;

    [Description("The profile that gives the timings which this file does not set.")]
    public TimingProfile Timing { get; init; } = TimingProfile.Fast;

    [Description("How long the parts of a run last.")]
    public PhaseSettings Phases { get; init; } = new();

    [Description("The seed nodes, which keep the membership list by quorum.")]
    public SeedNodeSettings SeedNodes { get; init; } = new();

    [Description("The peers, which form the overlay and gossip over it.")]
    public PeerSettings Peers { get; init; } = new();

    [Description("A protocol of your own that the peers run instead of the program's; there are no seed nodes then.")]
    public ProtocolChoice? Protocol { get; init; }

    [Description("Which peers link to which.")]
    public OverlaySettings Overlay { get; init; } = new();

    [Description("What is published and how it spreads.")]
    public GossipSettings Gossip { get; init; } = new();

    [Description("How dead peers are noticed.")]
    public LivenessSettings Liveness { get; init; } = new();

    [Description("The network between nodes, as the simulator plays it.")]
    public NetworkSettings Network { get; init; } = new();

    [Description("How nodes prove to each other who they are, and what protects what they say.")]
    public SecuritySettings Security { get; init; } = new();

    [Description("Nodes with a name, for faults that strike the same ones.")]
    [MaxLength(1000)]
    public IReadOnlyList<NodeGroup> Groups { get; init; } = [];

    [Description("What goes wrong, and when.")]
    [MaxLength(10_000)]
    public IReadOnlyList<ScheduledFault> Faults { get; init; } = [];

    [Description("Peers that come and go all the time.")]
    public ChurnSettings? Churn { get; init; }

    [Description("What the run's summary must say; otherwise the exit code is 1.")]
    [MaxLength(1000)]
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    [Description("The promises of the protocol that are checked while it runs.")]
    public InvariantSettings Invariants { get; init; } = new();

    [Description("Written by explore and shrink: what a run of this file is meant to show. run says whether it did.")]
    public ReproductionTarget? Reproduces { get; init; }

    [Description("What sweep varies, and how often it repeats each run. A single run pays no attention to it.")]
    public SweepSettings? Sweep { get; init; }

    [Description("What the run leaves behind beside its summary.")]
    public OutputSettings Outputs { get; init; } = new();

    /// <summary>
    /// How many peers can ever run: those of the beginning, those that faults bring in, and those that churn does.
    /// </summary>
    internal int AllPeers => (int)Math.Min(int.MaxValue, AllPeersAsked);

    /// <summary>The same of a scenario that may ask for too many.</summary>
    internal long AllPeersAsked => Peers.Count + Faults.Sum(fault => fault switch
    {
        ScheduledJoin join => (long)join.Count,
        ScheduledSybil sybil => sybil.Count,
        _ => 0,
    }) + (Churn?.Newcomers(Peers.Count) ?? 0);
}

internal enum RuntimeKind
{
    Sim,
    Tcp,
}

/// <summary>The two columns of the timing table: answers within seconds, or those of the source documents.</summary>
internal enum TimingProfile
{
    Fast,
    Documents,
}
