using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// In which condition the links of a real network are, cuts apart: what holds for the whole run, and what faults do at
/// the moment. Both ends of each link are told.
/// </summary>
internal sealed class RunningWeather(
    IHostedNetwork network, AddressPlan plan, double lossProbability, long bytesPerSecond)
{
    private readonly LinkConditions conditions = new(lossProbability, bytesPerSecond);
    private readonly Dictionary<string, LinkScope> scopes = [];

    public void Begin(string faultId, Impairment impairment)
    {
        conditions.Add(faultId, impairment, StruckLinks.Of(impairment.Scope, plan.Count, plan.IndexOf));
        Tell(scopes.Values.Append(impairment.Scope));
        scopes[faultId] = impairment.Scope;
    }

    public void End(string faultId)
    {
        if (!scopes.ContainsKey(faultId)) return;
        conditions.Remove(faultId);
        Tell(scopes.Values);
        scopes.Remove(faultId);
    }

    /// <summary>To whom no fault names, any two others that no fault names are alike.</summary>
    private void Tell(IEnumerable<LinkScope> changed)
    {
        HashSet<int> named = [.. changed.SelectMany(NamedIn).Select(plan.IndexOf)];
        int[] unnamed = [.. Enumerable.Range(0, plan.Count).Where(node => !named.Contains(node)).Take(2)];
        for (var node = 0; node < plan.Count; node++)
        {
            var self = node;
            // Of itself nobody asks.
            var anybody = Array.Find(unnamed, other => other != self);
            var (to, from) = (Way(self, anybody), Way(anybody, self));
            var others = named.Where(other => other != self)
                .Select(other => new NeighborWeather(plan[other], Way(self, other), Way(other, self)))
                .Where(other => other.To != to || other.From != from);
            network.SetWeather(plan[self], new NodeWeather(to, from, [.. others]));
        }
    }

    private LinkWeather Way(int from, int to) => new(
        conditions.LossProbability(from, to), conditions.AddedLatency(from, to) / 1000.0,
        conditions.BytesPerSecond(from, to), conditions.CorruptProbability(from, to));

    private static IEnumerable<NodeAddress> NamedIn(LinkScope scope) => scope switch
    {
        AllLinks => [],
        LinksOf links => links.Nodes,
        BetweenGroups between => between.Groups.SelectMany(group => group),
        FromTo way => way.From.Concat(way.To),
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };
}
