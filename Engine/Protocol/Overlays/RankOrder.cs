namespace GossipSim.Engine.Protocol;

/// <summary>By what a rule ranks those it chooses among.</summary>
public enum RankOrder : byte
{
    /// <summary>The oldest first.</summary>
    Age,

    /// <summary>The best connected first; of equals the older.</summary>
    Degree,

    /// <summary>An order that each peer makes up for itself: then a rank says nothing.</summary>
    Shuffled,
}

/// <summary>Brings places of a view into an order of ranks.</summary>
internal static class Ranks
{
    public static void Sort(CandidateView candidates, Span<int> places, RankOrder order, ref NodeRandom random)
    {
        if (order == RankOrder.Shuffled) random.Shuffle(places);
        else places.Sort((one, other) => Compare(candidates, one, other, order == RankOrder.Degree));
    }

    private static int Compare(CandidateView candidates, int one, int other, bool byDegree)
    {
        var order = byDegree ? candidates.DegreeAt(other).CompareTo(candidates.DegreeAt(one)) : 0;
        if (order == 0) order = candidates.JoinStampAt(one).CompareTo(candidates.JoinStampAt(other));
        return order != 0 ? order : candidates.AddressAt(one).Packed.CompareTo(candidates.AddressAt(other).Packed);
    }
}
