using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>A place on Earth, as a direction of length 1 from its center.</summary>
public readonly record struct SpherePoint(double X, double Y, double Z)
{
    /// <summary>The mean radius of GRS 80 (Moritz, J. Geodesy 74, 2000), within 0.5 % of any great circle.</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <param name="latitude">In degrees, north positive.</param>
    /// <param name="longitude">In degrees, east positive.</param>
    public static SpherePoint FromDegrees(double latitude, double longitude)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude * (Math.PI / 180));
        return OnCircle(sinLatitude, cosLatitude, longitude * (Math.PI / 180));
    }

    /// <summary>Where a node is if all areas of one size have equally many: Archimedes, z is uniform.</summary>
    /// <param name="key">Of the run; its own stream.</param>
    /// <param name="node">Index in the address plan.</param>
    public static SpherePoint Uniform(ulong key, int node)
    {
        var z = (2 * Mix64.ToUnit(Mix64.Of(key, (ulong)node, 0))) - 1;
        var longitude = 2 * Math.PI * Mix64.ToUnit(Mix64.Of(key, (ulong)node, 1));
        return OnCircle(z, Math.Sqrt(1 - (z * z)), longitude);
    }

    /// <summary>Along the great circle, exactly the same there and back.</summary>
    public double KilometersTo(in SpherePoint other)
    {
        var dot = (X * other.X) + (Y * other.Y) + (Z * other.Z);
        var crossX = (Y * other.Z) - (Z * other.Y);
        var crossY = (Z * other.X) - (X * other.Z);
        var crossZ = (X * other.Y) - (Y * other.X);
        var cross = Math.Sqrt((crossX * crossX) + (crossY * crossY) + (crossZ * crossZ));
        // From both, since either alone is inexact somewhere: the arc cosine near 0, the arc sine near a quarter.
        return EarthRadiusKm * Math.Atan2(cross, dot);
    }

    private static SpherePoint OnCircle(double z, double radius, double longitude)
    {
        var (sin, cos) = Math.SinCos(longitude);
        return new SpherePoint(radius * cos, radius * sin, z);
    }
}
