using System.Text.Json.Nodes;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>Regions and places, written in the scenario or in files beside it.</summary>
internal sealed class PlacedLatencyFileTests
{
    private const string MatrixInFile =
        """{ "network": { "latency": { "distribution": "matrix", "file": "m.csv" } } }""";

    private const string GeoInFile = """{ "network": { "latency": { "distribution": "geo", "file": "m.csv" } } }""";

    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("eu, us\n2,40\n45,3\n")]
    [TestCase("# one way\r\n\r\n\"eu\",\"us\"\r\n2,40\r\n45,3\r\n")]
    [TestCase(",eu,us\neu,2,40\nus,45,3\n")]
    [TestCase("from/to,eu,us\neu,2,40\nus,45,3\n")]
    [TestCase("\"region, ms\", eu, us\n eu, 2, 40\n us, 45, 3\n")]
    [TestCase("\uFEFFeu,us\n2 ,\t40\n 45 ,3e0")]
    public void A_matrix_moves_from_its_file_into_the_scenario(string csv)
    {
        folder.Write("m.csv", csv);

        var matrix = (MatrixLatencySettings)folder.Load(MatrixInFile).Network.Latency;

        Assert.That(matrix.Regions, Is.EqualTo(new[] { Region("eu", 1), Region("us", 1) }));
        Assert.That(matrix.LatencyMs, Is.EqualTo(new double[][] { [2, 40], [45, 3] }));
        Assert.That(matrix.File, Is.Null);
    }

    [Test]
    public void Regions_of_a_file_get_their_weights_by_name()
    {
        folder.Write("m.csv", "eu,us\n2,40\n45,3\n");

        var matrix = (MatrixLatencySettings)folder.Load("""
            { "network": { "latency": { "distribution": "matrix", "file": "m.csv", "seedNodeRegions": ["us", "eu"],
              "regions": [{ "name": "us", "weight": 3 }, { "name": "eu", "weight": 0.5 }] } } }
            """).Network.Latency;

        Assert.That(matrix.Regions, Is.EqualTo(new[] { Region("eu", 0.5), Region("us", 3) }));
    }

    [TestCase("", "m.csv: found no values, allowed is a table with a header")]
    [TestCase("eu,us\n2,40\n", "m.csv: found 1, allowed are as many rows of latencies as regions, 2")]
    [TestCase("eu,us\n2,40\n3\n", "m.csv:3:1: found 1, allowed are as many latencies as regions, 2")]
    [TestCase("eu,us\n2,40\n\n3, x\n", "m.csv:4:4: found \"x\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("eu,us\n2,-1\n3,4\n", "m.csv:2:3: found \"-1\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("eu,us\n2,NaN\n3,4\n", "m.csv:2:3: found \"NaN\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("eu,us\n2,\n3,4\n", "m.csv:2:3: found \"\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase(
        "eu,,us\n",
        "m.csv:1:4: found \"\", allowed is a name of at most 64 characters without a space at its ends")]
    [TestCase(",eu,us\nus,2,4\n", "m.csv: found 1, allowed are as many rows of latencies as regions, 2")]
    [TestCase(
        "region,eu,us\nus,2,4\neu,1,1\n",
        "m.csv:2:1: found \"us\", allowed is \"eu\": rows have the order of the header")]
    [TestCase(
        ",eu,us\nus,2,4\neu,1,1\n", "m.csv:2:1: found \"us\", allowed is \"eu\": rows have the order of the header")]
    [TestCase("\"eu,us\n2,3", "m.csv:1:1: broken CSV: the \" that opens this value is not closed")]
    [TestCase("\"eu\"x,us\n2,3", "m.csv:1:1: broken CSV: a comma must follow the closing \"")]
    public void A_wrong_file_of_a_matrix_is_told_by_line_and_column(string csv, string message)
    {
        folder.Write("m.csv", csv);

        Assert.That(folder.Problem(MatrixInFile), Is.EqualTo(message));
    }

    [TestCase("us", "m.csv:1:1: found the region \"eu\", which network.latency.regions does not name")]
    [TestCase("us\" }, { \"name\": \"ue", "m.csv:1:1: found the region \"eu\", which network.latency.regions does not"
        + " name; did you mean \"ue\"?")]
    [TestCase(
        "us\" }, { \"name\": \"eu\" }, { \"name\": \"asia",
        "m.csv:1:1: no region \"asia\", which network.latency.regions names")]
    public void Regions_of_file_and_scenario_must_be_the_same(string names, string message)
    {
        folder.Write("m.csv", "eu,us\n2,40\n45,3\n");

        Assert.That(
            folder.Problem($$"""
                { "network": { "latency": { "distribution": "matrix", "file": "m.csv",
                  "regions": [{ "name": "{{names}}" }] } } }
                """),
            Is.EqualTo(message));
    }

    [TestCase("▸\"distribution\": \"matrix\"", "network.latency: a matrix needs either latencyMs or file, found none")]
    [TestCase(
        "▸\"distribution\": \"matrix\", \"file\": \"m.csv\", \"latencyMs\": [[1]]",
        "network.latency: a matrix needs either latencyMs or file, found both")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"eu\" }, { \"name\": \"us\" }],"
        + " \"latencyMs\": ▸[[1, 2]]",
        "network.latency.latencyMs: found 1, allowed are as many rows as regions, 2")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"eu\" }, { \"name\": \"us\" }],"
        + " \"latencyMs\": [[1, 2], ▸[3]]",
        "network.latency.latencyMs[1]: found 1, allowed are as many latencies as regions, 2")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"eu\" }, { \"name\": ▸\"eu\" }],"
        + " \"latencyMs\": [[1, 2], [3, 4]]",
        "network.latency.regions[1].name: found \"eu\", which another one has already")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": ▸[{ \"name\": \"eu\", \"weight\": 0 }], \"latencyMs\": [[1]]",
        "network.latency.regions: all weights are 0, so there is no place for a peer")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"europe\" }], \"latencyMs\": [[1]],"
        + " \"seedNodeRegions\": [\"europe\", ▸\"eurpe\"]",
        "network.latency.seedNodeRegions[1]: found \"eurpe\", which is no region; did you mean \"europe\"?")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"a\" }], \"latencyMs\": [[1]],"
        + " \"seedNodeRegions\": ▸[\"a\", \"a\", \"a\", \"a\"]",
        "network.latency.seedNodeRegions: found 4 names, allowed are at most seedNodes.count, 3")]
    [TestCase(
        "▸\"distribution\": \"geo\"", "network.latency: a geo latency needs one of places, file and uniformOnSphere,"
        + " found none")]
    [TestCase(
        "▸\"distribution\": \"geo\", \"uniformOnSphere\": true, \"file\": \"m.csv\"",
        "network.latency: a geo latency needs one of places, file and uniformOnSphere, found 2")]
    [TestCase(
        "\"distribution\": \"geo\", \"uniformOnSphere\": true, \"seedNodePlaces\": [▸\"Quito\"]",
        "network.latency.seedNodePlaces[0]: found \"Quito\", which is no place")]
    [TestCase(
        "\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"a\" }], \"latencyMs\": [[▸-1]]",
        "network.latency.latencyMs[0][0]: found -1, allowed is a number from 0 to 60000")]
    public void Values_that_do_not_fit_together_are_told_at_the_one_to_change(string keys, string message)
    {
        // What is wrong with the model as a whole is told at its brace.
        string marked = keys[0] == '▸' ? $"▸{{ {keys[1..]}" : $"{{ {keys}";

        Assert.That(folder.ProblemAtMark($"{{ \"network\": {{ \"latency\": {marked} }} }} }}"), Is.EqualTo(message));
    }

    [Test]
    public void Places_move_from_their_file_into_the_scenario()
    {
        folder.Write(
            "m.csv", "weight,longitude,latitude,name\n2.5,-46.63,-23.55,\"São Paulo, \"\"SP\"\"\"\n1,0,90,Pole\n");

        var geo = (GeoLatencySettings)folder.Load(GeoInFile).Network.Latency;

        Assert.That(geo.Places, Is.EqualTo(new GeoPlaceSettings[]
        {
            new() { Name = "São Paulo, \"SP\"", Latitude = -23.55, Longitude = -46.63, Weight = 2.5 },
            new() { Name = "Pole", Latitude = 90, Longitude = 0 },
        }));
        Assert.That(geo.File, Is.Null);
        Assert.That((geo.SpeedKmPerSecond, geo.PathStretch), Is.EqualTo((199_862, 1.5)));
    }

    [TestCase("name,latitude\nx,1\n", "m.csv:1:1: the column longitude is missing")]
    [TestCase("name,name,latitude,longitude\n", "m.csv:1:1: a column is given twice")]
    [TestCase(
        "name,lattitude,longitude\n",
        "m.csv:1:6: found the column \"lattitude\", allowed are name, latitude, longitude,"
        + " weight; did you mean \"latitude\"?")]
    [TestCase("name,latitude,longitude\n", "m.csv: found 0 places, allowed are 1 to 10000")]
    [TestCase(
        "name,latitude,longitude\nx,91,0\n",
        "m.csv:2:3: found \"91\", allowed is a number of degrees from -90 to 90")]
    [TestCase("name,latitude,longitude\nx,1\n", "m.csv:2:1: found 2 values, the header has 3")]
    [TestCase(
        "name,latitude,longitude,weight\nx,1,2,-1\n",
        "m.csv:2:7: found \"-1\", allowed is a number from 0 to 1000000000000")]
    [TestCase(
        "name,latitude,longitude\nx,1,2\nx,1,2\n",
        "a.json:1:27: network.latency.places[1].name: found \"x\", which another one has already")]
    public void A_wrong_file_of_places_is_told_by_line_and_column(string csv, string message)
    {
        folder.Write("m.csv", csv);

        Assert.That(folder.Problem(GeoInFile), Is.EqualTo(message));
    }

    [Test]
    public void The_largest_matrix_and_the_most_places_can_be_read_back()
    {
        const int Regions = MatrixLatencySettings.MostRegions;
        string names = string.Join(',', Enumerable.Range(0, Regions).Select(region => $"a-rather-long-name-{region}"));
        string row = string.Join(',', Enumerable.Range(0, Regions).Select(region => $"{region}.125"));
        folder.Write("m.csv", names + string.Concat(Enumerable.Repeat("\n" + row, Regions)));
        folder.Write("a.json", MatrixInFile);
        folder.Write("again.json", folder.LoadFile("a").EffectiveText);
        var matrix = (MatrixLatencySettings)folder.LoadFile("again").Scenario.Network.Latency;
        Assert.That(matrix.LatencyMs[Regions - 1][Regions - 1], Is.EqualTo(299.125));

        folder.Write("m.csv", "name,latitude,longitude\n" + string.Concat(Enumerable
            .Range(0, GeoLatencySettings.MostPlaces).Select(place => $"a-rather-long-name-{place},12.345,-123.45\n")));
        folder.Write("a.json", GeoInFile);
        folder.Write("again.json", folder.LoadFile("a").EffectiveText);
        var geo = (GeoLatencySettings)folder.LoadFile("again").Scenario.Network.Latency;
        Assert.That(geo.Places, Has.Count.EqualTo(10_000));
    }

    [TestCase("""{ "distribution": "matrix", "file": "m.csv" }""", "eu,us\n2,40\n45,3\n")]
    [TestCase("""{ "distribution": "geo", "file": "m.csv" }""", "name,latitude,longitude\nQuito,-0.2,-78.5\n")]
    [TestCase("""{ "distribution": "geo", "uniformOnSphere": true }""", "")]
    public void An_effective_scenario_stands_for_itself(string latency, string csv)
    {
        string csvFile = folder.Write("m.csv", csv);
        folder.Write("a.json", $$"""{ "network": { "latency": {{latency}} } }""");
        string effective = folder.LoadFile("a").EffectiveText;
        folder.Write("again.json", effective);
        File.Delete(csvFile);

        Assert.That(folder.LoadFile("again").EffectiveText, Is.EqualTo(effective));
        Assert.That(JsonSchemaJudge.Accepts(ScenarioSchema.Create(), JsonNode.Parse(effective)), Is.True);
    }

    [Test]
    public void A_link_can_be_given_a_bandwidth()
    {
        Assert.That(folder.Load("{}").Network.BandwidthBytesPerSecond, Is.Null);
        Assert.That(
            folder.Load("""{ "network": { "bandwidthBytesPerSecond": 125000 } }""").Network.BandwidthBytesPerSecond,
            Is.EqualTo(125_000));
    }

    [Test]
    public void The_words_are_listed() => Assert.That(
        Vocabulary.All["network.latency.distribution"], Is.SupersetOf(new[] { "gamma", "matrix", "geo" }));

    private static RegionSettings Region(string name, double weight) => new() { Name = name, Weight = weight };
}
