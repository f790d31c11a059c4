using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;

namespace GossipSim.Scenarios.Running;

internal sealed class TcpRun(Scenario scenario, ProtocolSettings settings, IRunObserver observer, InvariantWatch? invariants, PerformanceMeter meter)
{
    public Task<RunAttempt> RunAsync(CancellationToken cancel) => throw new NotImplementedException($"{scenario}{settings}{observer}{invariants}{meter}{cancel}");
}
