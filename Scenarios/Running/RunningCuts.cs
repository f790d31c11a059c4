using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The links of a real network that are cut now: who struck them, and what each node has to hear of it. A process that
/// starts meanwhile hears of it as soon as it runs; until then the other end of each cut holds it.
/// </summary>
/// <param name="hosted">All nodes of the network.</param>
/// <param name="elsewhere">Nodes that other programs host: they can be cut off, and not be told.</param>
internal sealed class RunningCuts(
    IHostedNetwork network, Func<IEnumerable<NodeAddress>> hosted, params NodeAddress[] elsewhere)
{
    private readonly Dictionary<string, LinkScope> scopes = [];

    public bool Any => scopes.Count > 0;

    /// <returns>Over when nothing passes any more.</returns>
    public Task BeginAsync(string faultId, LinkScope scope)
    {
        scopes[faultId] = scope;
        return TellAsync(hosted());
    }

    public Task EndAsync(string faultId) => scopes.Remove(faultId) ? TellAsync(hosted()) : Task.CompletedTask;

    /// <summary>After the start of a process.</summary>
    public Task MeetAsync(NodeAddress newcomer) => Any ? TellAsync([newcomer]) : Task.CompletedTask;

    private Task TellAsync(IEnumerable<NodeAddress> nodes)
    {
        NodeAddress[] all = [.. hosted(), .. elsewhere];
        var indexes = all.Select((node, index) => (node, index)).ToDictionary();
        StruckLinks[] struck =
            [.. scopes.Values.Select(scope => StruckLinks.Of(scope, all.Length, node => indexes[node]))];
        return Task.WhenAll(nodes.Select(node =>
        {
            var self = indexes[node];
            return network.CutOffAsync(
                node,
                Others(self, other => Array.Exists(struck, links => links.Contains(self, other))),
                Others(self, other => Array.Exists(struck, links => links.Contains(other, self))));
        }));

        IEnumerable<NodeAddress> Others(int self, Predicate<int> isCut) =>
            all.Where((_, other) => other != self && isCut(other));
    }
}
