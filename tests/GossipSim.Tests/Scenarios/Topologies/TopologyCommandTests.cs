using System.Text.Json.Nodes;
using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Topologies;
using GossipSim.Tests.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Topologies;

internal sealed class TopologyCommandTests
{
    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [Test]
    public void A_report_counts_verdicts_and_tells_how_overlays_differ_without_pooling_them()
    {
        JsonNode report = Report("--rule", "preferentialAttachment", "--peers", "600", "--runs", "8");

        JsonArray overlays = report["overlays"]!.AsArray();
        double[] alphas = [.. overlays.Select(each => (double)each!["alpha"]!)];
        Assert.That(overlays, Has.Count.EqualTo(8));
        Assert.That(overlays.Select(each => (long)each!["randomSeed"]!), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That((double)report["alpha"]!["mean"]!, Is.EqualTo(alphas.Average()).Within(1e-12));
        Assert.That((double)report["alpha"]!["min"]!, Is.EqualTo(alphas.Min()));
        Assert.That((double)report["alpha"]!["standardDeviation"]!, Is.InRange(0.01, 0.3));
        Assert.That(
            report["verdicts"]!.AsObject().Select(each => each.Key),
            Is.EqualTo(new[] { "cannotBeFitted", "inconclusive", "rejected", "supported" }));
        Assert.That(report["verdicts"]!.AsObject().Sum(each => (int)each.Value!), Is.EqualTo(8));
        JsonArray spread = report["verdictSpread"]!.AsArray();
        Assert.That(spread.Sum(each => (double)each!["share"]!), Is.EqualTo(1).Within(1e-12));
        foreach (JsonNode? each in spread)
        {
            Assert.That((int)each!["overlays"]!, Is.EqualTo((int)report["verdicts"]![(string)each["verdict"]!]!));
            Assert.That((double)each["shareAtLeast"]!, Is.InRange(0, (double)each["share"]!));
            Assert.That((double)each["shareAtMost"]!, Is.InRange((double)each["share"]!, 1));
        }
        Assert.That((double)report["degreeMean"]!["mean"]!, Is.EqualTo(5.98).Within(0.05));
        Assert.That((string)report["conclusion"]!, Does.Contain("Barabasi-Albert"));
    }

    [Test]
    public void One_overlay_of_many_can_be_grown_again_by_itself()
    {
        JsonNode many = Report("--peers", "200", "--runs", "3", "--random-seed", "7");
        JsonNode one = new TopologyCommandTests().Report("--peers", "200", "--runs", "1", "--random-seed", "9");

        Assert.That(one["overlays"]![0]!.ToJsonString(), Is.EqualTo(many["overlays"]![2]!.ToJsonString()));
        Assert.That(one["alpha"]!["standardDeviation"], Is.Null);
    }

    [Test]
    public void All_that_is_written_is_the_same_for_any_number_of_threads()
    {
        string[] files = ["degree-distribution.svg", "overlays.csv", "degrees.csv"];
        foreach (string threads in new[] { "1", "3" })
            Assert.That(
                program.Main(
                    "topology", "--rule", "zipfRank", "--zipf-rank-by", "age", "--peers", "150", "--runs", "5",
                    "--bootstrap", "30", "--threads", threads, "--output", "with-" + threads),
                Is.EqualTo(ExitCode.Held));

        foreach (string file in files)
            Assert.That(Written("with-3", file), Is.EqualTo(Written("with-1", file)), file);
        Assert.That(Written("with-1", "overlays.csv").Split('\n'), Has.Length.EqualTo(7));
        Assert.That(Written("with-1", "overlays.csv"), Does.StartWith("randomSeed,edges,degreeMin,"));
        Assert.That(
            Written("with-1", "degrees.csv"), Does.StartWith("degree,shareOfFirst,shareLeast,shareMost\n3,1,1,1\n"));
        Assert.That(Written("with-1", "degree-distribution.svg"), Does.Contain("<svg").And.Contain("zipfRank"));
    }

    [TestCase("topHalf", 1, "--max-degree", "4")]
    [TestCase("uniform", 4)]
    [TestCase("zipfRank", 3, "--zipf-exponent", "2", "--zipf-rank-by", "degree")]
    [TestCase("ring", 2)]
    [TestCase("smallWorld", 2, "--links-per-join", "2", "--rewiring-probability", "0.3")]
    [TestCase("complete", 59)]
    [TestCase("preferentialAttachment", 1, "--links-per-join", "{\"from\":1,\"to\":3}")]
    [TestCase("zipfRank", 16, "--links-per-join", "floorHalfPlusOne")]
    public void Every_rule_of_scenario_files_is_there(string rule, int degreeAtLeast, params string[] options)
    {
        JsonNode report = Report(["--rule", rule, "--peers", "60", "--runs", "2", .. options]);

        Assert.That((string)report["rule"]!, Is.EqualTo(rule));
        foreach (JsonNode? overlay in report["overlays"]!.AsArray())
            Assert.That((int)overlay!["degreeMin"]!, Is.GreaterThanOrEqualTo(degreeAtLeast));
        Assert.That((int)report["verdicts"]!["supported"]!, Is.Zero, "60 peers support nothing");
    }

    [Test]
    public void Links_of_a_file_are_taken_as_written()
    {
        program.Folder.Write("links.txt", "0 1\n0 2\n0 3\n3 4\n");

        JsonNode report = Report("--rule", "fromFile", "--file", "links.txt", "--peers", "5", "--runs", "1");

        Assert.That((int)report["overlays"]![0]!["edges"]!, Is.EqualTo(4));
        Assert.That((int)report["overlays"]![0]!["degreeMax"]!, Is.EqualTo(3));
        Assert.That((string)report["overlays"]![0]!["verdict"]!, Is.EqualTo("inconclusive"));
    }

    [TestCase("--rule random", "--rule random: ")]
    [TestCase("--rule uniform --zipf-exponent 1", "--zipf-exponent 1: ")]
    [TestCase("--peers 2", "--peers: found 2, allowed is a whole number from 3 to 100000")]
    [TestCase("--runs 0", "--runs: found 0")]
    [TestCase("--links-per-join 65", "--links-per-join 65: ")]
    [TestCase("--threads 0", "--threads: found 0")]
    [TestCase("--random-seed 9007199254740991 --runs 2", "--random-seed: found 9007199254740991")]
    [TestCase("--rule fromFile --file none.txt", "--file none.txt: ")]
    public void A_mistake_is_one_line_that_names_the_option(string options, string line)
    {
        Assert.That(program.Main(["topology", .. options.Split(' ')]), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(line));
        Assert.That(program.Error.TrimEnd(), Does.Not.Contain("\n"));
    }

    [Test]
    public void In_words_it_shows_the_spread_the_verdicts_and_where_the_files_are()
    {
        Assert.That(
            program.Main("topology", "--peers", "100", "--runs", "3", "--bootstrap", "20"), Is.EqualTo(ExitCode.Held));

        Assert.That(program.Output, Does.Contain("3 inconclusive").And.Contain("alpha").And.Contain(" ± "));
        Assert.That(program.Output, Does.Contain("Figure and tables: topology-preferentialAttachment"));
        Assert.That(Written("topology-preferentialAttachment", "overlays.csv"), Is.Not.Empty);
    }

    [Test]
    public void Larger_overlays_of_one_link_a_peer_are_not_rejected_for_the_share_in_the_tail()
    {
        const int runs = 4;
        JsonNode report = Report(
            "--rule", "preferentialAttachment", "--links-per-join", "1", "--peers", "10000", "--runs", $"{runs}");
        int refuted = 0, rejected = 0;

        foreach (JsonNode? each in report["overlays"]!.AsArray())
        {
            if ((double)each!["pValue"]! < 0.1) refuted++;
            if ((string)each["verdict"]! == "rejected") rejected++;
            Assert.That((int)each["ntail"]!, Is.InRange(50, 4000));
            Assert.That((string)each["verdict"]!, Is.EqualTo("rejected").Or.EqualTo("supported"));
        }
        Assert.That((double)report["tailShare"]!["min"]!, Is.LessThan(0.1 + 0.02));
        Assert.That(rejected, Is.LessThanOrEqualTo(refuted + runs * (double)report["rejectedByAlternative"]!));
    }

    [TestCase(2, 20, 0.0279, 0.3010)]
    [TestCase(0, 20, 0, 0.1611)]
    [TestCase(20, 20, 0.8389, 1)]
    [TestCase(1, 1, 0.2065, 1)]
    public void The_interval_of_a_share_is_the_one_of_Wilson(int overlays, int all, double atLeast, double atMost)
    {
        VerdictShare share = VerdictShare.Of(PowerLawVerdict.Rejected, overlays, all);

        Assert.That(share.ShareAtLeast, Is.EqualTo(atLeast).Within(5e-5));
        Assert.That(share.ShareAtMost, Is.EqualTo(atMost).Within(5e-5));
    }

    [Test]
    public void Help_has_lines_to_copy()
    {
        Assert.That(program.Main("topology", "--help"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("--zipf-rank-by <age|degree|shuffled>").And.Contain("Examples:"));
    }

    private JsonNode Report(params string[] options)
    {
        ExitCode code = program.Main(["topology", "--json", "--bootstrap", "40", .. options]);
        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);
        return JsonNode.Parse(program.Output)!;
    }

    private string Written(string folder, string file) =>
        File.ReadAllText(Path.Combine(program.Folder.Current, folder, file));
}
