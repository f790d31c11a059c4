using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// A <see cref="LinkScope"/> by node index: whether it strikes what travels from one node to another costs an array
/// access or two. Never changed once made.
/// </summary>
public abstract class StruckLinks
{
    private StruckLinks()
    {
    }

    public abstract bool Contains(int from, int to);

    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="indexOf">From 0; of every node that the scope names.</param>
    public static StruckLinks Of(LinkScope scope, int nodes, Func<NodeAddress, int> indexOf)
    {
        return scope switch
        {
            AllLinks => new All(),
            LinksOf links => new AtNodes(Marked(links.Nodes)),
            BetweenGroups between => new Between(GroupOf(between)),
            FromTo way => new Way(Marked(way.From), Marked(way.To), way.OneWay),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "no network knows this scope"),
        };

        bool[] Marked(IEnumerable<NodeAddress> addresses)
        {
            var marked = new bool[nodes];
            foreach (var address in addresses) marked[indexOf(address)] = true;
            return marked;
        }

        int[] GroupOf(BetweenGroups between)
        {
            var groupOf = new int[nodes];
            for (var group = 0; group < between.Groups.Count; group++)
                foreach (var address in between.Groups[group]) groupOf[indexOf(address)] = group + 1;
            return groupOf;
        }
    }

    private sealed class All : StruckLinks
    {
        public override bool Contains(int from, int to) => true;
    }

    private sealed class AtNodes(bool[] struck) : StruckLinks
    {
        public override bool Contains(int from, int to) => struck[from] || struck[to];
    }

    private sealed class Between(int[] groupOf) : StruckLinks
    {
        public override bool Contains(int from, int to) => groupOf[from] != groupOf[to];
    }

    private sealed class Way(bool[] starts, bool[] ends, bool isOneWay) : StruckLinks
    {
        public override bool Contains(int from, int to) =>
            (starts[from] && ends[to]) || (!isOneWay && starts[to] && ends[from]);
    }
}
