using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Latencies that follow from where nodes are.</summary>
[TestFixture]
internal sealed class PlacedLatencyTests
{
    private static readonly double[][] oneWayMs = [[2, 40, 90], [45, 3, 70], [95.5, 75, 0.25]];

    [Test]
    public void A_matrix_gives_each_direction_its_own_latency()
    {
        var placement = new Placement(1, [1, 1, 1], [0, 1, 2, 0, 1, 2]);
        var model = new MatrixLatency(placement, oneWayMs);

        for (var from = 0; from < 6; from++)
        {
            for (var to = 0; to < 6; to++)
            {
                var expected = Math.Max(1_000, oneWayMs[from % 3][to % 3] * 1000);
                Assert.That(model.BaseMicroseconds(from, to, 0.3), Is.EqualTo(expected), $"{from} to {to}");
                Assert.That(model.BaseMicroseconds(from, to, 0.9), Is.EqualTo(expected), "whatever the link draws");
            }
        }
    }

    [Test]
    public void Nodes_without_a_given_region_have_a_drawn_one()
    {
        var placement = new Placement(1, [1, 2, 3], [0]);
        var model = new MatrixLatency(placement, oneWayMs);

        var shares = Enumerable.Range(1, 6000).CountBy(node => model.BaseMicroseconds(0, node, 0.5)).ToDictionary();

        Assert.That(shares[2_000], Is.EqualTo(1000).Within(150));
        Assert.That(shares[40_000], Is.EqualTo(2000).Within(150));
        Assert.That(shares[90_000], Is.EqualTo(3000).Within(150));
    }

    [Test]
    public void A_matrix_that_is_no_square_of_the_places_is_refused()
    {
        var placement = new Placement(1, [1, 1], []);

        Assert.That(() => new MatrixLatency(placement, oneWayMs), Throws.ArgumentException);
        Assert.That(() => new MatrixLatency(placement, [[1, 2], [1]]), Throws.ArgumentException);
    }

    // On a sphere of 6371.0088 km: parts of a circumference of 40,030.23 km, and two well-known distances.
    [TestCase(0, 0, 0, 90, 10_007.557)]
    [TestCase(90, 0, -90, 0, 20_015.114)]
    [TestCase(12.5, 179.5, 12.5, -180.5, 0)]
    [TestCase(0, 179, 0, -179, 222.390)]
    [TestCase(48.8566, 2.3522, 51.5074, -0.1278, 343.557)]
    [TestCase(40.7128, -74.0060, 35.6895, 139.6917, 10_848.82)]
    public void Distances_are_those_of_the_great_circle(
        double latitude, double longitude, double otherLatitude, double otherLongitude, double km)
    {
        var one = SpherePoint.FromDegrees(latitude, longitude);
        var other = SpherePoint.FromDegrees(otherLatitude, otherLongitude);

        Assert.That(one.KilometersTo(other), Is.EqualTo(km).Within(0.01));
        Assert.That(other.KilometersTo(one), Is.EqualTo(one.KilometersTo(other)));
    }

    [Test]
    public void A_geo_latency_is_the_distance_over_the_speed_and_the_overhead()
    {
        SpherePoint[] points = [SpherePoint.FromDegrees(0, 0), SpherePoint.FromDegrees(0, 90)];
        var model = new GeoLatency(node => points[node % 2], KmPerMs: 200, OverheadMs: 3);

        Assert.That(model.BaseMicroseconds(0, 1, 0.5), Is.EqualTo(53_038));
        Assert.That(model.BaseMicroseconds(1, 0, 0.5), Is.EqualTo(53_038));
        Assert.That(model.BaseMicroseconds(0, 2, 0.5), Is.EqualTo(3_000), "the same place");
    }

    [Test]
    public void On_the_whole_sphere_height_and_longitude_are_uniform_and_so_is_the_cosine_of_the_distance()
    {
        const int Nodes = 20_000;
        var points = Enumerable.Range(0, Nodes).Select(node => SpherePoint.Uniform(99, node)).ToArray();
        var cosines = points.Chunk(2)
            .Select(pair => Math.Cos(pair[0].KilometersTo(pair[1]) / SpherePoint.EarthRadiusKm));

        var onAxis = new ContinuousUniform(-1, 1);
        Assert.That(
            KolmogorovSmirnov.Distance(points.Select(point => point.Z), onAxis),
            Is.LessThan(KolmogorovSmirnov.Critical(Nodes)));
        Assert.That(
            KolmogorovSmirnov.Distance(
                points.Select(point => Math.Atan2(point.Y, point.X)), new ContinuousUniform(-Math.PI, Math.PI)),
            Is.LessThan(KolmogorovSmirnov.Critical(Nodes)));
        Assert.That(
            KolmogorovSmirnov.Distance(cosines, onAxis), Is.LessThan(KolmogorovSmirnov.Critical(Nodes / 2)));
        Assert.That(SpherePoint.Uniform(99, 4), Is.EqualTo(points[4]).And.Not.EqualTo(SpherePoint.Uniform(98, 4)));
    }
}
