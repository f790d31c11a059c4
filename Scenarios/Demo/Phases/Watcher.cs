using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>A neighbor of the victim: what it has counted itself, and what the witnesses that it asked have said.
/// </summary>
internal sealed class Watcher(NodeAddress self)
{
    public NodeAddress Self => self;

    /// <summary>In a row.</summary>
    public int Misses { get; set; }

    public bool IsSuspicious { get; set; }

    public bool HasReported { get; set; }

    public IReadOnlyList<NodeAddress> Witnesses { get; set; } = [];

    /// <summary>It knows nobody who could look for it.</summary>
    public bool IsAlone => Witnesses.Count == 0;

    public Dictionary<NodeAddress, Verdict> Verdicts { get; } = [];

    public string Thinks => this switch
    {
        { HasReported: true } => "dead, and reports it",
        { IsSuspicious: true } => "suspect",
        { Misses: > 0 } => "wait and see",
        _ => "alive",
    };

    public int HowManySay(Verdict verdict) => Verdicts.Values.Count(said => said == verdict);
}
