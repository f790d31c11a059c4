using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>What the page of stored runs is answered, over HTTP as a browser asks it.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class ViewRoutesTests
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new();
    private PageServer server = null!;

    [OneTimeSetUp]
    public async Task ServeAsync()
    {
        await File.WriteAllBytesAsync(folder[EventLog.FileName], StoredLogs.Crash);
        var runs = new ViewedRuns(folder.Path);
        var forks = new ForkJob(runs, ScenarioLibrary.OfProgram(), CancellationToken.None);
        server = await PageServer.StartAsync(
            new PageOptions { StartPage = "view.html" }, new ViewRoutes(runs, forks).Create());
        client.BaseAddress = server.Address;
        client.DefaultRequestHeaders.Add("Origin", server.Address.ToString().TrimEnd('/'));
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task The_page_is_served_and_the_run_described()
    {
        var page = await client.GetStringAsync("/");
        var about = await GetAsync("api/view/run");

        Assert.That(page, Does.Contain("view.js"));
        Assert.That(about.GetProperty("events").GetInt32(), Is.EqualTo(StoredLogs.Open(StoredLogs.Crash).Count));
        Assert.That(about.GetProperty("end").GetDouble(), Is.EqualTo(28));
        Assert.That(about.GetProperty("kinds").GetProperty("processCrashed").GetInt32(), Is.EqualTo(1));
        Assert.That(about.GetProperty("forkReason").GetString(), Does.Contain("scenario.effective.json"));
        var marks = about.GetProperty("marks").EnumerateArray().Select(mark => mark.GetProperty("kind").GetString());
        Assert.That(marks, Is.EqualTo(new[] { "processCrashed", "entryCommitted" }));
        var counted = about.GetProperty("gossip").EnumerateArray().Concat(about.GetProperty("others").EnumerateArray());
        Assert.That(counted.Sum(count => count.GetInt32()), Is.EqualTo(about.GetProperty("events").GetInt32()));
    }

    [Test]
    public async Task A_way_of_events_leads_to_the_state_that_a_seek_finds()
    {
        var begin = await GetAsync("api/view/state?at=2000000");
        var way = await GetAsync($"api/view/way?from={begin.GetProperty("seq")}&at=13500000");
        var end = await GetAsync("api/view/state?at=13500000");

        Assert.That(way.GetProperty("to").GetInt64(), Is.EqualTo(end.GetProperty("seq").GetInt64()));
        var kinds = way.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString()!).ToList();
        Assert.That(kinds, Does.Contain("suspected").And.Contain("gossipDelivered"));
        Assert.That(kinds, Does.Not.Contain("gossipDuplicate"));
        foreach (var counted in end.GetProperty("counts").EnumerateObject())
        {
            var told = kinds.Count(kind => kind == counted.Name) + CountIn(begin.GetProperty("counts"), counted.Name)
                + CountIn(way.GetProperty("left"), counted.Name);
            Assert.That(told, Is.EqualTo(counted.Value.GetInt32()), counted.Name);
        }
    }

    [Test]
    public async Task A_way_back_or_too_far_is_a_state()
    {
        var back = await GetAsync("api/view/way?from=200&at=500000");

        var state = await GetAsync("api/view/state?at=500000");
        Assert.That(back.GetProperty("snapshot").ToString(), Is.EqualTo(state.ToString()));
    }

    [Test]
    public async Task The_next_event_of_a_kind_and_the_one_before_are_found()
    {
        var crash = await NextAsync("from=0&kind=processCrashed");
        var suspected = await NextAsync($"from={SeqOf(crash)}&kind=suspected");
        var back = await NextAsync($"from={SeqOf(suspected)}&kind=processCrashed&back=1");
        var any = await NextAsync($"from={SeqOf(crash)}&node=127.0.0.1:7002");
        var none = await GetAsync($"api/view/next?from={SeqOf(crash)}&kind=processCrashed");

        Assert.That(crash.GetProperty("node").GetString(), Is.EqualTo("127.0.0.1:7002"));
        Assert.That(SeqOf(back), Is.EqualTo(SeqOf(crash)));
        Assert.That(SeqOf(any), Is.EqualTo(SeqOf(suspected)));
        Assert.That(none.GetProperty("events").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_message_is_followed_from_its_publication_to_every_first_receipt()
    {
        var id = Uri.EscapeDataString(RunStory.Message(7000, 1).Id);

        var message = await GetAsync($"api/view/follow?message={id}");
        var followed = message.GetProperty("events").EnumerateArray().ToList();
        var node = (await GetAsync("api/view/follow?node=127.0.0.1:7002")).GetProperty("events").EnumerateArray();

        Assert.That(followed[0].GetProperty("kind").GetString(), Is.EqualTo("gossipPublished"));
        Assert.That(followed.Skip(1).Select(e => e.GetProperty("node").GetString()).ToHashSet(), Has.Count.EqualTo(5));
        Assert.That(node.Select(e => e.GetProperty("kind").GetString()), Does.Contain("deathReported"));
    }

    [TestCase("api/view/run?run=../etc", "no such run")]
    [TestCase("api/view/run?run=/etc", "no such run")]
    [TestCase("api/view/state", "at or by seq")]
    [TestCase("api/view/state?at=-5", "at is a whole number")]
    [TestCase("api/view/next?from=0&kind=nothing", "no event is called nothing")]
    [TestCase("api/view/follow?node=1.2.3.4:5", "no node 1.2.3.4:5")]
    public async Task What_cannot_be_answered_is_refused_with_a_reason(string path, string reason)
    {
        using var answer = await client.GetAsync(path);

        Assert.That((int)answer.StatusCode, Is.InRange(400, 499));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
    }

    [Test]
    public async Task A_fork_of_a_run_that_cannot_be_forked_is_refused()
    {
        using var answer = await client.PostAsync("api/view/fork", JsonContent.Create(
            new { run = Path.GetFileName(folder.Path), at = 0, edits = new[] { new { deed = "crash" } } }));
        await answer.Content.LoadIntoBufferAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("scenario.effective.json"));
        Assert.That((await GetAsync("api/view/fork")).GetProperty("state").GetString(), Is.EqualTo("idle"));
    }

    [Test]
    public void A_folder_without_a_log_is_no_run_to_view()
    {
        using var empty = new TemporaryFolder();

        Assert.That(
            Assert.Throws<UsageException>(() => new ViewedRuns(empty.Path))!.Message, Does.Contain("events.jsonl.gz"));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var text = await client.GetStringAsync(path);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<JsonElement> NextAsync(string query) =>
        (await GetAsync($"api/view/next?{query}")).GetProperty("events")[0];

    private static long SeqOf(JsonElement e) => e.GetProperty("seq").GetInt64();

    private static int CountIn(JsonElement counts, string kind) =>
        counts.TryGetProperty(kind, out var count) ? count.GetInt32() : 0;
}
