using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class LookUpTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_file_in_the_current_directory_wins_over_a_shipped_one()
    {
        folder.Ship("hub.json", """{ "randomSeed": 1 }""");
        LoadedScenario shipped = folder.LoadFile("hub.json");
        folder.Write("hub.json", """{ "randomSeed": 2 }""");
        LoadedScenario own = folder.LoadFile("hub.json");

        Assert.That(shipped.IsShipped, Is.True);
        Assert.That(shipped.Scenario.RandomSeed, Is.EqualTo(1));
        Assert.That(own.IsShipped, Is.False);
        Assert.That(own.Scenario.RandomSeed, Is.EqualTo(2));
        Assert.That(own.DisplayName, Is.EqualTo("hub.json"));
        Assert.That(own.SourceFile, Is.EqualTo(Path.Combine(folder.Current, "hub.json")));
    }

    [Test]
    public void The_extension_may_be_left_out_but_an_exact_name_comes_first()
    {
        folder.Write("x.json", """{ "randomSeed": 1 }""");
        Assert.That(folder.LoadFile("x").Scenario.RandomSeed, Is.EqualTo(1));

        folder.Write("x", """{ "randomSeed": 2 }""");
        Assert.That(folder.LoadFile("x").Scenario.RandomSeed, Is.EqualTo(2));
    }

    [Test]
    public void An_absolute_path_is_taken_as_it_is()
    {
        folder.Ship("hub.json", "{}");
        string path = folder.Write("elsewhere.json", """{ "randomSeed": 5 }""");

        Assert.That(folder.LoadFile(path).Scenario.RandomSeed, Is.EqualTo(5));
    }

    [Test]
    public void A_directory_is_no_scenario()
    {
        Directory.CreateDirectory(Path.Combine(folder.Current, "hub"));
        folder.Ship("hub.json", """{ "randomSeed": 8 }""");

        Assert.That(folder.LoadFile("hub").Scenario.RandomSeed, Is.EqualTo(8));
    }

    [Test]
    public void A_directory_where_no_scenario_is_called_so_is_told_to_be_one()
    {
        Directory.CreateDirectory(Path.Combine(folder.Current, "hub"));

        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("hub"))!;

        Assert.That(wrong.Message, Is.EqualTo("gossipsim: \"hub\" is a folder, allowed is the file of a scenario"));
    }

    [Test]
    public void A_miss_says_where_it_looked_what_ships_and_what_was_meant()
    {
        folder.Ship("crash-hub.json", "{}");
        folder.Ship("partition.json", "{}");

        var miss = Assert.Throws<ScenarioException>(() => folder.LoadFile("crash-hbu.json"))!;

        string shipped = Path.Combine(folder.Shipped, "crash-hbu.json");
        Assert.That(miss.Message, Is.EqualTo(
            "gossipsim: no scenario \"crash-hbu.json\"; did you mean \"crash-hub\"? "
            + $"(looked for crash-hbu.json, {shipped}; shipped: crash-hub, partition)"));
    }

    [TestCase("")]
    [TestCase("a\0b")]
    public void An_impossible_name_is_refused(string name) =>
        Assert.That(() => folder.LoadFile(name), Throws.TypeOf<ScenarioException>());

    [TestCase("", "", 0)]
    [TestCase("abc", "", 3)]
    [TestCase("count", "cuont", 1)]
    [TestCase("peers", "peer", 1)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("TCP", "tcp", 0)]
    public void Edit_distance_counts_a_swap_once_and_ignores_case(string from, string to, int distance)
    {
        Assert.That(Suggestion.Distance(from, to), Is.EqualTo(distance));
        Assert.That(Suggestion.Distance(to, from), Is.EqualTo(distance));
    }

    [Test]
    public void Nothing_is_guessed_when_nothing_is_near() =>
        Assert.That(Suggestion.DidYouMean("zzzzzz", ["count", "basePort"]), Is.Empty);
}
