using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>The player in a report needs nothing but the report, and no text of a run becomes markup there.</summary>
[TestFixture]
internal sealed class EmbeddedViewTests
{
    [Test]
    public void Everything_is_inside_and_only_its_own_script_may_run()
    {
        var document = Document(StoredLogs.Crash);

        Assert.That(document, Does.Not.Contain("src=").And.Not.Contain("href=").And.Not.Contain("import "));
        var policy = Regex.Match(document, "content=\"(default-src [^\"]+)\"").Groups[1].Value;
        var script = Regex.Match(document, "<script type=\"module\">(.*?)</script>", RegexOptions.Singleline).Groups[1];
        var style = Regex.Match(document, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1];
        Assert.That(policy, Does.StartWith("default-src 'none'; ").And.Not.Contain("unsafe"));
        Assert.That(policy, Does.Contain(HashOf(script.Value)).And.Contain(HashOf(style.Value)));
    }

    [Test]
    public void The_events_of_the_run_are_there_as_rows_from_scenario_time_zero()
    {
        var data = Data(Document(StoredLogs.Crash));
        var rows = data.GetProperty("rows").EnumerateArray().Select(number => number.GetInt64()).Chunk(7).ToList();
        var kinds = data.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()).ToList();

        var log = StoredLogs.Open(StoredLogs.Crash);
        var told = rows.Select(row => kinds[(int)row[2]]).ToList();

        Assert.That(told, Does.Not.Contain("gossipDuplicate"));
        Assert.That(told.Count(kind => kind == "gossipDelivered"), Is.EqualTo(
            log.StateAfter(log.Count).Counts[(int)EventKind.GossipDelivered]));
        Assert.That(told, Does.Contain("suspected").And.Contain("entryCommitted").And.Contain("runEnded"));
        Assert.That(rows.Sum(row => row[1]), Is.EqualTo(log.End));
    }

    [Test]
    public void Texts_of_a_run_stay_texts()
    {
        const string Evil = "</script><script>alert(1)</script>\"><b>";
        var log = StoredLogs.Write(story => story.At(1).Crash(7000, Evil));

        var view = View(log);

        Assert.That(view.Markup.Split("</iframe>"), Has.Length.EqualTo(2));
        Assert.That(Regex.Count(Document(log), "</script>"), Is.EqualTo(2));
        var told = Data(Document(log)).GetProperty("details")[0].GetProperty("text").GetString();
        Assert.That(told, Is.EqualTo(Evil));
    }

    [Test]
    public void A_long_run_is_told_in_part_and_says_so()
    {
        var log = StoredLogs.Write(story =>
        {
            for (var message = 1; message <= 200; message++)
            {
                story.At(message).Publish(7000, message);
                for (var peer = 1; peer < 100; peer++) story.Deliver(7000 + peer, 7000, 7000, message);
            }
        });

        var view = View(log);

        Assert.That(view.InWords, Does.Contain("of the 20,001 events").And.Contain("one message of 4"));
        Assert.That(view.Markup, Has.Length.LessThan(400_000));
    }

    private static EmbeddedView View(byte[] log)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[EventLog.FileName], log);
        return EmbeddedView.Of(folder.Path)!;
    }

    private static string Document(byte[] log) => WebUtility.HtmlDecode(
        Regex.Match(View(log).Markup, "srcdoc=\"(.*?)\"", RegexOptions.Singleline).Groups[1].Value);

    private static JsonElement Data(string document) => JsonDocument.Parse(
        Regex.Match(document, "id=\"run\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value).RootElement;

    private static string HashOf(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
