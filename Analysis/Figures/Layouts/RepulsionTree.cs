namespace GossipSim.Analysis;

/// <summary>
/// How all nodes push one of them away: 1/distance each, with the nodes of a far square taken for one at their centre
/// (Barnes and Hut, Nature 1986). Built anew for each round, in the same arrays.
/// </summary>
internal sealed class RepulsionTree(int nodes)
{
    /// <summary>A square narrower than this share of its distance counts as one node; our choice.</summary>
    private const double Opening = 0.9;

    /// <summary>Nodes that lie closer than this many halvings apart share a leaf.</summary>
    private const int DepthLimit = 40;

    private const int None = -1;

    private readonly List<Square> squares = [];
    private readonly int[] next = new int[nodes];
    private readonly Stack<int> waiting = new();
    private (double X, double Y)[] places = [];

    private struct Square
    {
        public double Left;
        public double Bottom;
        public double Width;
        public double SumX;
        public double SumY;
        public int Count;

        /// <summary>The first of its four parts, which follow each other; none in a leaf.</summary>
        public int Parts;

        /// <summary>The first node of a leaf.</summary>
        public int First;
    }

    public void Build((double X, double Y)[] at)
    {
        places = at;
        double left = at.Min(place => place.X), bottom = at.Min(place => place.Y);
        double width = Math.Max(at.Max(place => place.X) - left, at.Max(place => place.Y) - bottom) + 1e-9;
        squares.Clear();
        squares.Add(new Square { Left = left, Bottom = bottom, Width = width, Parts = None, First = None });
        for (int node = 0; node < at.Length; node++) Add(node);
    }

    public (double X, double Y) PushOn(int node)
    {
        (double x, double y) = places[node];
        double pushX = 0, pushY = 0;
        waiting.Push(0);
        while (waiting.TryPop(out int at))
        {
            Square square = squares[at];
            if (square.Count == 0) continue;
            double dx = x - square.SumX / square.Count, dy = y - square.SumY / square.Count;
            double squared = dx * dx + dy * dy;
            if (square.Parts != None && square.Width * square.Width > Opening * Opening * squared)
            {
                for (int part = 0; part < 4; part++) waiting.Push(square.Parts + part);
                continue;
            }

            if (square.Parts == None && Holds(square, node))
            {
                // Its own leaf: whoever else lies here lies on the same spot, and is pushed off by its number.
                if (square.Count > 1) pushX += node % 2 == 0 ? 0.01 : -0.01;
                continue;
            }
            double strength = square.Count / Math.Max(squared, 1e-4);
            pushX += dx * strength;
            pushY += dy * strength;
        }
        return (pushX, pushY);
    }

    private bool Holds(in Square leaf, int node)
    {
        for (int at = leaf.First; at != None; at = next[at])
            if (at == node) return true;
        return false;
    }

    private void Add(int node)
    {
        (double x, double y) = places[node];
        int at = 0;
        for (int depth = 0; ; depth++)
        {
            Square square = squares[at];
            square.SumX += x;
            square.SumY += y;
            square.Count++;
            bool isLeaf = square.Parts == None;
            if (isLeaf && (square.Count == 1 || depth >= DepthLimit))
            {
                next[node] = square.First;
                square.First = node;
                squares[at] = square;
                return;
            }

            squares[at] = square;
            if (isLeaf) Split(at);
            at = PartOf(at, x, y);
        }
    }

    /// <summary>A leaf that gets a second node hands the first one down.</summary>
    private void Split(int at)
    {
        Square square = squares[at];
        int node = square.First;
        (square.Parts, square.First) = (squares.Count, None);
        squares[at] = square;
        double half = square.Width / 2;
        for (int part = 0; part < 4; part++)
            squares.Add(new Square
            {
                Left = square.Left + (part & 1) * half, Bottom = square.Bottom + (part >> 1) * half, Width = half,
                Parts = None, First = None,
            });
        int lower = PartOf(at, places[node].X, places[node].Y);
        squares[lower] = squares[lower] with { SumX = places[node].X, SumY = places[node].Y, Count = 1, First = node };
        next[node] = None;
    }

    private int PartOf(int at, double x, double y)
    {
        Square square = squares[at];
        double half = square.Width / 2;
        return square.Parts + (x >= square.Left + half ? 1 : 0) + (y >= square.Bottom + half ? 2 : 0);
    }
}
