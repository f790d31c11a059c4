namespace GossipSim.Scenarios.Demo;

/// <summary>The six phases of document 003's step-by-step visualizer, in its order and with its names.</summary>
internal enum DemoPhase
{
    SeedInitialization = 1,
    PeerRegistration,
    OverlayConstruction,
    GossipDissemination,
    FailureDetection,
    DeadNodeRemoval,
}

internal static class DemoPhases
{
    public static IReadOnlyList<DemoPhase> All { get; } = Enum.GetValues<DemoPhase>();

    /// <summary>By its number, from 1.</summary>
    /// <exception cref="DemoRefusal">There is none of that number.</exception>
    public static DemoPhase Read(string? number) =>
        (DemoPhase)DemoChoice.Whole("phase", number, (long)All[0], (long)All[0], (long)All[^1]);

    public static string TitleOf(DemoPhase phase) => phase switch
    {
        DemoPhase.SeedInitialization => "Seed Initialization",
        DemoPhase.PeerRegistration => "Peer Registration",
        DemoPhase.OverlayConstruction => "Overlay Construction",
        DemoPhase.GossipDissemination => "Gossip Dissemination",
        DemoPhase.FailureDetection => "Failure Detection",
        DemoPhase.DeadNodeRemoval => "Dead-Node Removal",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "no such phase"),
    };
}
