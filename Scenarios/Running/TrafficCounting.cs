namespace GossipSim.Scenarios.Running;

/// <summary>How what nodes send is counted by kind of message.</summary>
internal enum TrafficCounting
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Messages are counted, and the size of a sample of them is measured.</summary>
    Sampled,

    /// <summary>Messages are counted, and each is measured in networks that are not very large.</summary>
    Full,
}
