using System.Numerics;
using System.Runtime.Intrinsics;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Links that stand before anybody starts, for workloads that are not about joining: a peer made with it is a member
/// with all its links from its first moment, and asks no seed node. One object for all peers and the network itself: a
/// million peers share two arrays, and a peer has links of its own only when they change.
/// </summary>
public sealed class StandingOverlay
{
    /// <summary>Everybody is in the first membership of its address.</summary>
    public const int Epoch = 1;

    private readonly ulong randomSeed;
    private readonly int[] offsets;
    private readonly int[] ends;

    /// <param name="plan">Who is where; all numbers here are indexes of it.</param>
    /// <param name="randomSeed">Of the run: it names the processes.</param>
    /// <param name="offsets">
    /// Where in <paramref name="ends"/> the neighbors of each node begin, and one more for the end of the last. Not
    /// copied, so never to be written again; the same holds for the ends.
    /// </param>
    /// <param name="ends">The neighbors of all nodes; each link is there twice, once at each end.</param>
    /// <exception cref="ArgumentException">
    /// The arrays do not fit the plan, or a link has one end only, leads to itself or to a seed node.
    /// </exception>
    public StandingOverlay(AddressPlan plan, ulong randomSeed, int[] offsets, int[] ends)
    {
        Plan = plan;
        this.randomSeed = randomSeed;
        this.offsets = offsets;
        this.ends = ends;
        Check();
    }

    public AddressPlan Plan { get; }

    /// <summary>Of all links together: two of each.</summary>
    public int Ends => ends.Length;

    /// <summary>How many ends the nodes before it have.</summary>
    public int FirstEndOf(int node) => offsets[node];

    public int Degree(int node) => offsets[node + 1] - offsets[node];

    public ReadOnlySpan<int> NeighborsOf(int node)
    {
        var bounds = offsets.AsSpan(node, 2);
        return ends.AsSpan(bounds[0], bounds[1] - bounds[0]);
    }

    /// <summary>The first process at an address: it is the one that is linked.</summary>
    public NodeId NodeIdAt(int node) => ProcessIdentity.NodeIdOf(randomSeed, Plan[node], start: 0);

    /// <summary>Seniority among those who never joined: their order in the plan.</summary>
    public static long JoinStampOf(int node) => node;

    /// <summary>Where a node's neighbors are listed comes into the cache.</summary>
    internal void BringNear(int node) => Prefetch.Item(in ends, offsets[node], lines: 2);

    internal NodeAddress AddressAt(int node, int place) => Plan[NeighborsOf(node)[place]];

    /// <summary>Which of a node's links leads to that address, from 0; -1 when none does.</summary>
    internal int PlaceOf(NodeAddress address, int node) => PlaceOf(Plan.IndexOf(address), node);

    /// <summary>
    /// The same by index. Most nodes have a few neighbors, and nobody foresees how many the next one has: so many are
    /// compared at once, together with what stands behind the last.
    /// </summary>
    internal int PlaceOf(int other, int node)
    {
        const int Lanes = 16;
        var (begin, end) = (offsets[node], offsets[node + 1]);
        if (end + Lanes > ends.Length) return NeighborsOf(node).IndexOf(other);
        for (var several = begin; several < end; several += Lanes)
        {
            var hits = Vector512.Equals(Vector512.LoadUnsafe(in ends[several]), Vector512.Create(other))
                .ExtractMostSignificantBits();
            if (hits == 0) continue;
            var found = several + BitOperations.TrailingZeroCount(hits);
            return found < end ? found - begin : -1;
        }

        return -1;
    }

    private void Check()
    {
        if (offsets.Length != Plan.Count + 1 || offsets[0] != 0 || offsets[^1] != ends.Length)
            throw new ArgumentException($"{offsets.Length} offsets and {ends.Length} ends fit no {Plan.Count} nodes");
        var halves = 0UL;
        for (var node = 0; node < Plan.Count; node++)
        {
            if (offsets[node] > offsets[node + 1]) throw new ArgumentException($"offset {node + 1} goes back");
            foreach (var end in NeighborsOf(node))
            {
                if ((uint)end >= (uint)Plan.Count || end == node || Plan.IsSeedNode(end) || Plan.IsSeedNode(node))
                    throw new ArgumentException($"no link leads from {node} to {end}");
                // Each half of a link takes out what the other brought in.
                var half = Mix64.Of((ulong)Math.Min(node, end), (ulong)Math.Max(node, end));
                halves += node < end ? half : 0 - half;
            }
        }

        if (halves != 0) throw new ArgumentException("some link has one end only");
    }
}
