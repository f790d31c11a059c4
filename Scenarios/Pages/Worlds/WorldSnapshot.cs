using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>The world at a moment as pages read it, of a run that goes on as of a stored one.</summary>
internal static class WorldSnapshot
{
    /// <param name="about">Adds what the run itself is: the property <c>run</c>.</param>
    public static void Write(Utf8JsonWriter json, WorldState world, Action<Utf8JsonWriter> about)
    {
        json.WriteStartObject();
        about(json);
        json.WriteNumber("seq"u8, world.Seq);
        EventLine.WriteTime(json, "time"u8, world.At);
        WriteMoment(json, "scenarioStart"u8, world.ScenarioStart);
        WriteMoment(json, "ended"u8, world.End);
        WriteNodes(json, world.Nodes);
        WriteLinks(json, world.Nodes);
        json.WriteStartArray("suspicions"u8);
        // In an order of their own: that of a set depends on what it held before.
        foreach (var (by, suspect) in world.Suspicions.Order())
        {
            json.WriteNumberValue(by);
            json.WriteNumberValue(suspect);
        }

        json.WriteEndArray();
        WriteFaults(json, world.Faults);
        WriteVotes(json, world.Votes);
        EventLine.WriteCounts(json, "counts"u8, world.Counts);
        world.Latencies.Write(json, "latency"u8);
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instant? moment)
    {
        if (moment is { } known) EventLine.WriteTime(json, name, known);
        else json.WriteNull(name);
    }

    private static void WriteNodes(Utf8JsonWriter json, IReadOnlyList<WorldNode> nodes)
    {
        json.WriteStartArray("addresses"u8);
        foreach (var node in nodes) json.WriteStringValue(node.Address.ToString());
        json.WriteEndArray();
        json.WriteStartArray("flags"u8);
        foreach (var node in nodes) json.WriteNumberValue((int)node.Marks);
        json.WriteEndArray();
        json.WriteStartArray("epochs"u8);
        foreach (var node in nodes) json.WriteNumberValue(node.Epoch);
        json.WriteEndArray();
    }

    /// <summary>Each link once: its two ends, and who of them lists the other.</summary>
    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<WorldNode> nodes)
    {
        json.WriteStartArray("links"u8);
        for (var place = 0; place < nodes.Count; place++)
        {
            foreach (var other in nodes[place].Links.Items)
            {
                var isMutual = nodes[other].Links.Contains(place);
                if (isMutual && other < place) continue;
                var (low, high) = (Math.Min(place, other), Math.Max(place, other));
                json.WriteNumberValue(low);
                json.WriteNumberValue(high);
                json.WriteNumberValue(isMutual ? 3 : place == low ? 1 : 2);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteFaults(Utf8JsonWriter json, IReadOnlyList<FaultStrike> faults)
    {
        json.WriteStartArray("faults"u8);
        foreach (var strike in faults)
        {
            json.WriteStartObject();
            EventDetail.Write(json, new ProtocolEvent(EventKind.FaultStruck, Detail: strike), namesKey: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVotes(Utf8JsonWriter json, IEnumerable<OpenVote> votes)
    {
        json.WriteStartArray("proposals"u8);
        foreach (var (ballot, yes, no) in votes)
        {
            json.WriteStartObject();
            json.WriteString("proposal"u8, ballot.Proposal.ToString());
            json.WriteString("coordinator"u8, ballot.Proposal.Coordinator.ToString());
            json.WriteString("op"u8, ballot.Entry.IsAlive ? "register"u8 : "remove"u8);
            json.WriteString("about"u8, ballot.Entry.Address.ToString());
            json.WriteNumber("epoch"u8, ballot.Entry.Epoch);
            json.WriteNumber("quorum"u8, ballot.Quorum);
            EventDetail.WriteAddresses(json, "yes", yes);
            EventDetail.WriteAddresses(json, "no", no);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
