using System.Net;
using System.Text.Json;
using GossipSim.Scenarios.Demo;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

[TestFixture]
internal sealed class DemoRoutesTests
{
    private PageServer server = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var choice = new DemoChoice { SeedNodes = 5, Peers = 6 };
        var routes = new DemoRoutes(new DemoShelf(ScenarioLibrary.OfProgram()), choice).AddTo(new PageRoutes());
        server = await PageServer.StartAsync(new PageOptions { StartPage = "demo.html" }, routes);
        client = new HttpClient { BaseAddress = server.Address, Timeout = Patience.Limit };
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    private async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(status), path);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    [Test]
    public async Task The_setup_tells_what_can_be_chosen_and_what_the_command_said()
    {
        var setup = await GetAsync("api/demo/setup");

        Assert.That(setup.GetProperty("seeds").GetInt32(), Is.EqualTo(5));
        Assert.That(setup.GetProperty("peers").GetInt32(), Is.EqualTo(6));
        Assert.That(setup.GetProperty("mostSeeds").GetInt32(), Is.EqualTo(9));
        Assert.That(setup.GetProperty("mostPeers").GetInt32(), Is.EqualTo(50));
        Assert.That(setup.GetProperty("phases").GetArrayLength(), Is.EqualTo(6));
        Assert.That(
            setup.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("word").GetString()),
            Is.SupersetOf(new[] { "preferentialAttachment", "topHalf", "zipfRank", "uniform" }));
    }

    [Test]
    public async Task A_phase_is_told_with_its_nodes_and_steps()
    {
        var told = await GetAsync("api/demo/phase?seeds=3&peers=4&rule=uniform&randomSeed=5&phase=2");
        var first = told.GetProperty("steps")[0];

        Assert.That(told.GetProperty("nodes").GetArrayLength(), Is.EqualTo(7));
        Assert.That(told.GetProperty("nodes")[3].GetProperty("name").GetString(), Is.EqualTo("peer 7000"));
        Assert.That(first.GetProperty("title").GetString(), Is.EqualTo("Peer 7000 asks to be let in"));
        Assert.That(first.GetProperty("messages")[0].GetProperty("word").GetString(), Is.EqualTo("Register"));
        Assert.That(first.GetProperty("states")[0].GetProperty("look").GetString(), Is.EqualTo("Asking"));
    }

    [TestCase("seeds=0", "seeds: found \"0\", allowed is a whole number from 1 to 9")]
    [TestCase("peers=x", "peers: found \"x\", allowed is a whole number from 2 to 50")]
    [TestCase("rule=none", "rule: found \"none\", allowed is one of")]
    [TestCase("phase=7", "phase: found \"7\", allowed is a whole number from 1 to 6")]
    public async Task What_is_not_allowed_is_refused_with_the_reason(string query, string reason)
    {
        var refusal = await GetAsync($"api/demo/phase?{query}", HttpStatusCode.BadRequest);

        Assert.That(refusal.GetProperty("reason").GetString(), Does.StartWith(reason));
    }

    [Test]
    public async Task The_page_and_its_parts_are_there_and_hold_nothing_that_the_policy_forbids()
    {
        foreach (var file in new[] { "", "demo.css", "demo.js", "demo-picture.js", "demo-story.js" })
        {
            var text = await client.GetStringAsync(file);
            Assert.That(text, Is.Not.Empty, file);
            // Nothing that somebody else said may ever become markup.
            Assert.That(text, Does.Not.Contain("innerHTML").And.Not.Contain("insertAdjacentHTML"), file);
            Assert.That(text, Does.Not.Match("<script(?![^>]*src=)|style=\"| on[a-z]+=\""), file);
            Assert.That(text.Replace("http://www.w3.org/2000/svg", "", default), Does.Not.Contain("://"), file);
        }
    }

    [Test]
    public void Only_some_demos_are_kept()
    {
        var shelf = new DemoShelf(ScenarioLibrary.OfProgram());
        var first = shelf.Take(new DemoChoice());

        Assert.That(shelf.Take(new DemoChoice()), Is.SameAs(first));
        for (var randomSeed = 2; randomSeed < 30; randomSeed++) shelf.Take(new DemoChoice { RandomSeed = randomSeed });
        Assert.That(shelf.Count, Is.EqualTo(8));
        Assert.That(shelf.Take(new DemoChoice()), Is.Not.SameAs(first));
    }
}
