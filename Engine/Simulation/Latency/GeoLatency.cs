namespace GossipSim.Engine.Simulation;

/// <summary>Nodes live on Earth; a link is as long as light takes through a cable, and something besides.</summary>
/// <param name="PositionOf">Where the node at an index of the address plan is; a pure function.</param>
/// <param name="KmPerMs">How much of the great circle a message covers in a millisecond.</param>
/// <param name="OverheadMs">What every link takes besides.</param>
public sealed record GeoLatency(Func<int, SpherePoint> PositionOf, double KmPerMs, double OverheadMs) : LatencyModel
{
    protected override double BaseMs(int from, int to, double unit) =>
        OverheadMs + (PositionOf(from).KilometersTo(PositionOf(to)) / KmPerMs);
}
