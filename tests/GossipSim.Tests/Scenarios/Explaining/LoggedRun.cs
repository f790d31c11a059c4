using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>One simulated run with its event log in memory, and ways to read it: as lines, and as a history.</summary>
internal sealed class LoggedRun
{
    private readonly byte[] log;

    private LoggedRun(byte[] log) => this.log = log;

    private static readonly ConcurrentDictionary<int, LoggedRun> known = [];

    /// <summary>
    /// A small run with random faults, and some of kinds that are not drawn. Runs are shared by tests.
    /// </summary>
    public static LoggedRun Small(int randomSeed) => known.GetOrAdd(randomSeed, Run);

    private static LoggedRun Run(int randomSeed)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(Text(randomSeed));
        var drawn = RandomFaults.Draw(scenario, FaultBudget.For(scenario, most: null, words: null), randomSeed);
        return Run(scenario with { Faults = [.. scenario.Faults, .. drawn] });
    }

    /// <summary>A simulated run of a scenario file, and of nothing but its faults.</summary>
    public static LoggedRun Staged(string scenario)
    {
        using var folder = new ScenarioFolder();
        return Run(folder.Load(scenario));
    }

    private static LoggedRun Run(Scenario scenario)
    {
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        using var observer = new LoggingObserver(FactsOfRun.Of(scenario, settings));
        new SimulatedRun(scenario, settings, observer, invariants: null, CancellationToken.None).Run();
        return new LoggedRun(observer.Finish());
    }

    public static LoggedRun OfLog(byte[] log) => new(log);

    /// <summary>A log made of lines, with the numbers of the events set right.</summary>
    public static LoggedRun Of(IEnumerable<JsonObject> lines)
    {
        var text = new StringBuilder();
        var seq = 0;
        foreach (var line in lines)
        {
            var copy = line.DeepClone().AsObject();
            if (seq > 0) copy["seq"] = seq;
            seq++;
            text.Append(copy.ToJsonString()).Append('\n');
        }

        return new LoggedRun(Packed(text.ToString()));
    }

    public static byte[] Packed(string text)
    {
        var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.Fastest)) zipped.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public static LoggedRun OfText(string text) => new(Packed(text));

    /// <summary>The head, and then the events.</summary>
    public List<JsonObject> Lines()
    {
        using var unzipped = new GZipStream(new MemoryStream(log), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>Every published message with every peer, and the answer.</summary>
    public IEnumerable<(string Id, string Peer, Explanation<ReachReason> Claim)> Claims(RawLog raw)
    {
        var history = History();
        var explainer = new MessageExplainer(history);
        foreach (var id in raw.Messages)
        {
            var message = history.Messages.Find(id)!;
            foreach (var peer in raw.Peers)
                yield return (id, peer, explainer.Explain(message, NodeAddress.Parse(peer)));
        }
    }

    public RunHistory History()
    {
        using var reader = new EventLogReader(new MemoryStream(log), "events.jsonl.gz");
        return RunHistory.Read(reader);
    }

    public void WriteTo(string path) => File.WriteAllBytes(path, log);

    private static string Text(int randomSeed)
    {
        string?[] faults =
        [
            randomSeed % 3 == 0
                ? """{ "type": "pause", "atSeconds": 7, "target": { "pick": "random" } }"""
                : null,
            randomSeed % 4 == 1 ? """{ "type": "leave", "atSeconds": 6, "target": { "pick": "random" } }""" : null,
            randomSeed % 5 == 2 ? """{ "type": "join", "atSeconds": 9, "count": 1 }""" : null,
            randomSeed % 6 == 3
                ? """
                  { "id": "split", "type": "partition", "atSeconds": 5,
                    "groups": [[{ "pick": "random", "fraction": 0.4 }], "rest"] }
                  """
                : null,
        ];
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "name": "small", "runtime": "sim", "randomSeed": {{randomSeed}},
              "phases": { "warmupSeconds": 1, "measureSeconds": 8, "drainSeconds": 1 },
              "seedNodes": { "count": 3 },
              "peers": { "count": {{5 + (randomSeed % 5)}}, "joinIntervalMs": 5 },
              "overlay": { "linksPerJoin": {{1 + (randomSeed % 3)}} },
              "gossip": { "intervalMs": 2000, "maxMessagesPerPeer": 4, "publishers": { "count": 4 } },
              "network": { "latency": { "distribution": "logNormal", "medianMs": 60, "sigma": 0.6 } },
              "faults": [ {{string.Join(", ", faults.Where(fault => fault is not null))}} ]
            }
            """);
    }

    private sealed class LoggingObserver(RunFacts facts) : IRunObserver, IDisposable
    {
        private readonly MemoryStream bytes = new();
        private EventLog? log;

        private EventLog Log => log ??= new EventLog(bytes, facts);

        public RunRecord World { get; } = new(facts);

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
            if (World.HasEnded) return;
            World.Report(node, now, protocolEvent);
            Log.Report(node, now, protocolEvent);
        }

        public void MarkScenarioStart(Instant now)
        {
            World.MarkScenarioStart(now);
            Log.Mark(EventLog.ScenarioStarted, now);
        }

        public void MarkEnd(Instant now)
        {
            World.MarkEnd(now);
            Log.Mark(EventLog.RunEnded, now);
        }

        public byte[] Finish()
        {
            Log.Dispose();
            return bytes.ToArray();
        }

        public void Dispose() => bytes.Dispose();
    }
}
