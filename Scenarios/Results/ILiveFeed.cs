using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Whoever follows a run while it goes on; told on the run's own thread, which must not be held up.</summary>
internal interface ILiveFeed : ILogWriter
{
    /// <summary>A moment of the run itself: scenario time 0, or its end.</summary>
    void Mark(long seq, string kind, Instant now);
}
