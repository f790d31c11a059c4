using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Which of a few places each node is in: a pure function of the key and the node's index, so that a node that joins
/// late has its place like all others and no number of nodes need be known.
/// </summary>
public sealed class Placement
{
    private readonly ulong key;
    private readonly double[] cumulative;
    private readonly int[] first;

    /// <param name="key">Of the run; its own stream.</param>
    /// <param name="weights">One a place, none negative, not all zero: the share of nodes there.</param>
    /// <param name="first">The places of the first nodes of the address plan; the others are drawn by weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A weight is negative, all are zero, or a place is none.
    /// </exception>
    public Placement(ulong key, ReadOnlySpan<double> weights, ReadOnlySpan<int> first)
    {
        this.key = key;
        this.first = first.ToArray();
        cumulative = new double[weights.Length];
        var sum = 0.0;
        for (var place = 0; place < weights.Length; place++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[place], nameof(weights));
            cumulative[place] = sum += weights[place];
        }

        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(weights));
        foreach (var place in first)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)weights.Length, nameof(first));
    }

    public int Places => cumulative.Length;

    public int PlaceOf(int node)
    {
        if (node < first.Length) return first[node];
        var wanted = Mix64.ToUnit(Mix64.Of(key, (ulong)node)) * cumulative[^1];
        // The first place whose nodes begin before the wanted share and end beyond it; one of weight 0 has none.
        var (low, high) = (0, cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cumulative[middle] > wanted) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
