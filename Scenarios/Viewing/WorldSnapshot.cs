using System.Text.Json;

namespace GossipSim.Scenarios.Viewing;

/// <summary>The world at a moment as pages draw it: the same fields as the snapshot of a live run.</summary>
internal static class WorldSnapshot
{
    public static void Write(Utf8JsonWriter json, StoredEvents log, WorldState world)
    {
        var known = world.Known;
        var placeOf = new int[world.Marks.Count];
        for (var place = 0; place < known.Count; place++) placeOf[known[place]] = place;
        var last = world.Events > 0 ? log[world.Events - 1] : default;
        json.WriteStartObject();
        WriteRun(json, log);
        json.WriteNumber("seq"u8, last.Seq);
        WriteSeconds(json, "time", last.Microseconds);
        if (world.Events > 0 && last.Microseconds >= log.ScenarioStart && log.HasScenarioStart)
            WriteSeconds(json, "scenarioStart", log.ScenarioStart);
        else
            json.WriteNull("scenarioStart"u8);
        if (last.Kind == StoredKinds.RunEnded) WriteSeconds(json, "ended", last.Microseconds);
        else json.WriteNull("ended"u8);
        json.WriteStartArray("addresses"u8);
        foreach (var node in known) json.WriteStringValue(log.Nodes[node]);
        json.WriteEndArray();
        WriteNumbers(json, "flags", known.Select(node => (int)world.Marks[node]));
        WriteNumbers(json, "epochs", known.Select(node => world.Epochs[node]));
        WriteNumbers(json, "links", world.Links.Select(link => Placed(link, placeOf)).Order()
            .SelectMany(link => new[] { link.One, link.Other, link.Mask }));
        WriteNumbers(json, "suspicions", world.Suspicions.Order()
            .SelectMany(pair => new[] { placeOf[pair.By], placeOf[pair.Suspect] }));
        WriteFaults(json, log, world);
        WriteProposals(json, log, world);
        json.WriteStartObject("counts"u8);
        for (var kind = 0; kind < StoredKinds.ScenarioStarted; kind++)
            if (world.Counts[kind] > 0) json.WriteNumber(StoredKinds.Names[kind], world.Counts[kind]);
        json.WriteEndObject();
        WriteNumbers(json, "latency", Latencies(world));
        json.WriteEndObject();
    }

    public static void WriteSeconds(Utf8JsonWriter json, string name, long microseconds) =>
        json.WriteNumber(name, microseconds / 1_000_000m);

    private static void WriteRun(Utf8JsonWriter json, StoredEvents log)
    {
        var facts = log.Facts;
        json.WriteStartObject("run"u8);
        json.WriteString("scenario"u8, facts.Scenario);
        json.WriteString("runtime"u8, facts.RuntimeName);
        json.WriteNumber("randomSeed"u8, facts.RandomSeed);
        json.WriteNumber("quorum"u8, facts.Quorum);
        json.WriteNumber("peers"u8, facts.PeersWanted);
        json.WriteStartArray("seedNodes"u8);
        foreach (var seedNode in facts.SeedNodes) json.WriteStringValue(seedNode.ToString());
        json.WriteEndArray();
        json.WriteBoolean("isLive"u8, false);
        json.WriteStartObject("deeds"u8);
        json.WriteStartArray("allowed"u8);
        json.WriteEndArray();
        json.WriteString("reason"u8, "a stored run is over; a fork can change it");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, StoredEvents log, WorldState world)
    {
        json.WriteStartArray("faults"u8);
        foreach (var strike in world.Faults)
        {
            json.WriteStartObject();
            json.WriteStartObject("detail"u8);
            json.WriteString("fault"u8, strike.FaultId);
            json.WriteString("type"u8, strike.Word);
            json.WriteBoolean("oneWay"u8, strike.OneWay);
            json.WriteStartArray("groups"u8);
            foreach (var group in strike.Groups)
            {
                json.WriteStartArray();
                foreach (var node in group) json.WriteStringValue(log.Nodes[node]);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProposals(Utf8JsonWriter json, StoredEvents log, WorldState world)
    {
        json.WriteStartArray("proposals"u8);
        foreach (var vote in world.Votes.OrderBy(vote => vote.Proposal))
        {
            json.WriteStartObject();
            json.WriteString("proposal"u8, log.Proposals[vote.Proposal]);
            json.WriteString("op"u8, vote.Removes ? "remove"u8 : "register"u8);
            json.WriteString("about"u8, log.Nodes[vote.About]);
            json.WriteNumber("epoch"u8, vote.Epoch);
            json.WriteNumber("quorum"u8, vote.Quorum);
            json.WriteString("coordinator"u8, log.Nodes[vote.Coordinator]);
            WriteVoters(json, "yes", log, vote.Yes);
            WriteVoters(json, "no", log, vote.No);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVoters(Utf8JsonWriter json, string name, StoredEvents log, ulong voters)
    {
        json.WriteStartArray(name);
        for (var voter = 0; voter < 64; voter++)
            if ((voters >> voter & 1) == 1) json.WriteStringValue(log.Nodes[voter]);
        json.WriteEndArray();
    }

    /// <summary>With the places that pages know, the lower one first.</summary>
    private static (int One, int Other, int Mask) Placed((int One, int Other, int Mask) link, int[] placeOf)
    {
        var (one, other) = (placeOf[link.One], placeOf[link.Other]);
        return one < other ? (one, other, link.Mask) : (other, one, ((link.Mask & 1) << 1) | (link.Mask >> 1));
    }

    private static List<int> Latencies(WorldState world)
    {
        List<int> pairs = [];
        for (var bin = 0; bin < world.Latencies.Length; bin++)
            if (world.Latencies[bin] > 0) pairs.AddRange([bin, world.Latencies[bin]]);
        return pairs;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
