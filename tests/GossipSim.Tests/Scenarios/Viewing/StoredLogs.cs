using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>Event logs as runs write them, in memory.</summary>
internal static class StoredLogs
{
    public static byte[] Write(Action<RunStory> tell, RunFacts? facts = null, bool hasEnd = true)
    {
        var bytes = new MemoryStream();
        using (var log = new EventLog(bytes, facts ?? RunStory.Facts))
        {
            var story = new RunStory(log);
            tell(story);
            if (hasEnd) log.Mark(EventLog.RunEnded, story.Now);
        }

        return bytes.ToArray();
    }

    public static byte[] Crash { get; } = Write(story =>
    {
        CrashStory.TellFormation(story, 6);
        CrashStory.TellScenario(story, 6);
    });

    public static StoredEvents Open(byte[] log, int checkpointEvery = 4096) =>
        StoredEvents.Read(new MemoryStream(log), "events.jsonl.gz", checkpointEvery);

    public static byte[] Pack(string text)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public static string Unpack(byte[] log)
    {
        using var unpacked = new GZipStream(new MemoryStream(log), CompressionMode.Decompress);
        return new StreamReader(unpacked).ReadToEnd();
    }

    /// <summary>What a page gets of a world.</summary>
    public static string Snapshot(WorldState world)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) WorldSnapshot.Write(json, world, _ => { });
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
