namespace GossipSim.Analysis;

/// <summary>Some of the nodes, all equally likely, by the random seed alone.</summary>
internal static class NodeSample
{
    /// <summary>Without replacement, in ascending order; all nodes where there are no more than wanted.</summary>
    public static int[] Of(int nodes, int wanted, ulong randomSeed, ulong stream)
    {
        int[] places = [.. Enumerable.Range(0, nodes)];
        if (wanted >= nodes) return places;
        var random = new CounterRandom(randomSeed, stream);
        for (int i = 0; i < wanted; i++)
        {
            int other = i + (int)(random.NextDouble() * (nodes - i));
            (places[i], places[other]) = (places[other], places[i]);
        }

        int[] sample = places[..wanted];
        Array.Sort(sample);
        return sample;
    }
}
