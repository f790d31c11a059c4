using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Explaining;

/// <summary>What keeps a message from passing a link that stands at the end of the run.</summary>
internal enum Obstacle : byte
{
    /// <summary>Nothing; it is a matter of time.</summary>
    None,

    /// <summary>A fault slows or harms what passes, and lets some of it through.</summary>
    Hampered,

    /// <summary>The sender's outbox was full a short while ago; what it dropped is offered again.</summary>
    Overflowed,
    Cut,
    Paused,

    /// <summary>The sender keeps the gossip of others for itself.</summary>
    Byzantine,

    /// <summary>The receiver, which lacks it, says that it lacks nothing.</summary>
    Hidden,
    Forgotten,
    Refused,
}

/// <summary>A link that the message has to pass.</summary>
/// <param name="FreeSince">When the last thing ended that could have kept it; meant when nothing does.</param>
/// <param name="Culprit">The node that keeps it, where it is one.</param>
internal sealed record Hop(
    int From, int To, Obstacle Obstacle, Instant FreeSince, LastingFault? Fault = null, int? Culprit = null)
{
    /// <summary>Whether the message gets through in time.</summary>
    public bool IsPassable => Obstacle is Obstacle.None or Obstacle.Hampered or Obstacle.Overflowed;
}
