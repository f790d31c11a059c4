using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// The protocol step by step in six phases, as the simulator runs it. What is chosen decides everything: the same
/// choice gives the same steps. The network runs as far as the phases asked for need.
/// </summary>
internal sealed class DemoSession
{
    private readonly DemoActs acts;
    private readonly Majority majority;
    private readonly Dictionary<DemoPhase, IReadOnlyList<DemoStep>> told = [];
    private readonly Lock telling = new();

    public DemoSession(DemoChoice choice, ScenarioLibrary library)
    {
        Choice = choice;
        acts = new DemoActs(new DemoStage(choice, library));
        majority = new Majority(choice.SeedNodes, acts.Stage.SeedNode.QuorumSize);
    }

    public DemoChoice Choice { get; }

    public DemoNames Names => acts.Names;

    /// <summary>Of the network so far; sixteen hexadecimal digits.</summary>
    public string Fingerprint => acts.Stage.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The steps of a phase; pages may ask at the same time.</summary>
    public IReadOnlyList<DemoStep> StepsOf(DemoPhase phase)
    {
        lock (telling)
        {
            if (!told.TryGetValue(phase, out var steps)) told.Add(phase, steps = Tell(phase));
            return steps;
        }
    }

    private IReadOnlyList<DemoStep> Tell(DemoPhase phase)
    {
        var steps = new StepList(Names);
        var (seedNode, peer) = (acts.Stage.SeedNode, acts.Stage.Peer);
        return phase switch
        {
            DemoPhase.SeedInitialization => new SeedInitialization(steps, majority, acts.SeedNodes).Tell(),
            DemoPhase.PeerRegistration => new PeerRegistration(steps, majority, acts.Coming).Tell(),
            DemoPhase.OverlayConstruction =>
                new OverlayConstruction(steps, majority, Choice.Rule, peer.OverlayRule, acts.Coming).Tell(),
            DemoPhase.GossipDissemination => new GossipDissemination(steps, acts.Gossip).Tell(),
            DemoPhase.FailureDetection =>
                new FailureDetection(steps, new Watchers(Names, peer, acts.Failure), peer, acts.Failure).Tell(),
            DemoPhase.DeadNodeRemoval => new DeadNodeRemoval(steps, seedNode, majority, acts.Failure).Tell(),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "no such phase"),
        };
    }
}
