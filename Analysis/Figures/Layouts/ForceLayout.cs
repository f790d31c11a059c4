namespace GossipSim.Analysis;

/// <summary>
/// Places for the nodes of a graph: links pull like springs and all nodes push each other apart (Fruchterman and
/// Reingold 1991), what is far away pushing as one (Barnes and Hut 1986). The same graph gives the same places: it
/// begins from a hash of each node's number, and uses nothing but additions, products and roots.
/// </summary>
public static class ForceLayout
{
    private const int Rounds = 220;
    private const ulong Stream = 0x6C61796F7574UL;

    /// <summary>Our choice: keeps parts that no link connects from drifting out of the picture.</summary>
    private const double Gravity = 0.03;

    public static (double X, double Y)[] Place(int nodes, IReadOnlyList<(int A, int B)> links)
    {
        var places = new (double X, double Y)[nodes];
        var random = new CounterRandom(0, Stream);
        double side = Math.Sqrt(Math.Max(1, nodes));
        for (int i = 0; i < nodes; i++)
            places[i] = ((random.NextDouble() - 0.5) * side, (random.NextDouble() - 0.5) * side);
        if (nodes < 2) return places;

        var forces = new (double X, double Y)[nodes];
        var tree = new RepulsionTree(nodes);
        for (int round = 0; round < Rounds; round++)
        {
            tree.Build(places);
            for (int i = 0; i < nodes; i++)
            {
                (double x, double y) = tree.PushOn(i);
                forces[i] = (x - Gravity * places[i].X, y - Gravity * places[i].Y);
            }
            foreach ((int a, int b) in links) Pull(places, forces, a, b);
            // It cools down: long moves first, small ones in the end.
            double share = 1 - (double)round / Rounds;
            Move(places, forces, 0.1 * side * share * share + 0.01);
        }
        return places;
    }

    /// <summary>Attraction grows with the square of the distance; the unit is the ideal length of a link.</summary>
    private static void Pull((double X, double Y)[] places, (double X, double Y)[] forces, int a, int b)
    {
        double dx = places[b].X - places[a].X, dy = places[b].Y - places[a].Y;
        double distance = Math.Sqrt(dx * dx + dy * dy);
        forces[a] = (forces[a].X + dx * distance, forces[a].Y + dy * distance);
        forces[b] = (forces[b].X - dx * distance, forces[b].Y - dy * distance);
    }

    private static void Move((double X, double Y)[] places, (double X, double Y)[] forces, double limit)
    {
        for (int i = 0; i < places.Length; i++)
        {
            (double x, double y) = forces[i];
            double length = Math.Sqrt(x * x + y * y);
            double scale = length > limit ? limit / length : 1;
            places[i] = (places[i].X + scale * x, places[i].Y + scale * y);
        }
    }
}
