using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Writes the detail of an event as a JSON object with the names of the messages' fields.</summary>
internal static class EventDetail
{
    /// <param name="namesKey">
    /// Whether a message that arrives is named by its key too, and not by its id alone: where it came from somebody who
    /// is not known to have had it, no publication may ever have named it.
    /// </param>
    public static void Write(Utf8JsonWriter json, in ProtocolEvent e, bool namesKey)
    {
        json.WriteStartObject("detail"u8);
        switch (e.Detail)
        {
            case Gossip gossip:
                json.WriteString("id"u8, gossip.Id);
                if (gossip.Recovered) json.WriteBoolean("recovered"u8, true);
                if (e.Kind == EventKind.GossipPublished) WritePublication(json, gossip);
                else if (namesKey) WriteKey(json, gossip.Key);
                break;
            case LoggedGossip logged:
                json.WriteString("id"u8, logged.Id);
                if (logged.Recovered) json.WriteBoolean("recovered"u8, true);
                if (logged.Key is { } loggedKey) WriteKey(json, loggedKey);
                if (logged.Why is { } why) json.WriteString("why"u8, why);
                break;
            case GossipRefusal refusal:
                json.WriteString("id"u8, refusal.Gossip.Id);
                WriteKey(json, refusal.Gossip.Key);
                json.WriteString("why"u8, Name(refusal.Reason));
                break;
            case GossipKey key:
                WriteKey(json, key);
                break;
            case Ballot ballot:
                WriteBallot(json, ballot, e.Kind);
                break;
            case FaultStrike strike:
                WriteStrike(json, strike);
                break;
            case Metric metric:
                json.WriteString("metric"u8, metric.Name);
                json.WriteNumber("value"u8, Metric.ValueOf(e));
                break;
            case DeadNode report:
                WriteReport(json, report);
                break;
            case HeardReport heard:
                WriteReport(json, heard.Report);
                if (!heard.Reporter.IsNone) json.WriteString("reporter"u8, heard.Reporter.ToString());
                break;
            case Witness witness:
                json.WriteString("verdict"u8, Name(witness.Verdict.ToString()));
                json.WriteNumber("round"u8, witness.Round);
                break;
            case Silence silence:
                json.WriteNumber("sinceFirstMissMs"u8, silence.SinceFirstMiss / 1000.0);
                break;
            case RegisterAck ack:
                json.WriteNumber("epoch"u8, ack.Epoch);
                json.WriteNumber("joinStamp"u8, ack.JoinStamp);
                break;
            case RegisterNack nack:
                json.WriteString("reason"u8, Name(nack.Reason.ToString()));
                json.WriteNumber("retryAfterMs"u8, nack.RetryAfterMs);
                break;
            case NodeAddress[] targets:
                WriteAddresses(json, "targets", targets);
                break;
            case NodeId id:
                json.WriteString("nodeId"u8, id.ToString());
                break;
            case bool learning:
                json.WriteBoolean("learning"u8, learning);
                break;
            case { } other:
                json.WriteString("text"u8, other.ToString());
                break;
        }

        json.WriteEndObject();
    }

    public static string Name(string pascalCase) => JsonNamingPolicy.CamelCase.ConvertName(pascalCase);

    /// <summary>What <see cref="Name"/> was made of.</summary>
    public static string WordOf(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    public static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<NodeAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses) json.WriteStringValue(address.ToString());
        json.WriteEndArray();
    }

    private static void WritePublication(Utf8JsonWriter json, Gossip gossip)
    {
        WriteKey(json, gossip.Key);
        json.WriteString("text"u8, gossip.Text);
    }

    private static void WriteKey(Utf8JsonWriter json, GossipKey key)
    {
        json.WriteString("origin"u8, key.Origin.ToString());
        json.WriteNumber("epoch"u8, key.Epoch);
        json.WriteNumber("count"u8, key.Number);
    }

    private static void WriteReport(Utf8JsonWriter json, DeadNode report)
    {
        json.WriteString("nodeId"u8, report.NodeId.ToString());
        json.WriteString("flag"u8, Name(report.Flag.ToString()));
        json.WriteString("text"u8, report.Text);
    }

    private static void WriteBallot(Utf8JsonWriter json, Ballot ballot, EventKind kind)
    {
        var entry = ballot.Entry;
        json.WriteString("proposal"u8, ballot.Proposal.ToString());
        json.WriteString("op"u8, entry.IsAlive ? "register"u8 : "remove"u8);
        json.WriteNumber("epoch"u8, entry.Epoch);
        json.WriteString("nodeId"u8, entry.NodeId.ToString());
        json.WriteNumber("joinStamp"u8, entry.JoinStamp);
        json.WriteNumber("quorum"u8, ballot.Quorum);
        WriteAddresses(json, "voters", ballot.Voters);
        var hasVoter = !ballot.Voter.IsNone;
        if (hasVoter)
        {
            json.WriteString("voter"u8, ballot.Voter.ToString());
            json.WriteBoolean("yes"u8, ballot.Yes);
        }

        // A vote that is closed without a quorum has a reason too, and no voter.
        if (hasVoter ? !ballot.Yes : kind == EventKind.ProposalRejected)
            json.WriteString("reason"u8, Name(ballot.Reason.ToString()));
    }

    private static void WriteStrike(Utf8JsonWriter json, FaultStrike strike)
    {
        json.WriteString("type"u8, strike.Word);
        json.WriteString("fault"u8, strike.FaultId);
        if (strike.Behavior is { } behavior) json.WriteString("behavior"u8, behavior);
        if (strike.OneWay) json.WriteBoolean("oneWay"u8, true);
        if (strike.MayIsolate) json.WriteBoolean("mayIsolate"u8, true);
        if (strike.EmptiesDisks) json.WriteBoolean("emptiesDisks"u8, true);
        json.WriteStartArray("groups"u8);
        foreach (var group in strike.Groups)
        {
            json.WriteStartArray();
            foreach (var node in group) json.WriteStringValue(node.ToString());
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
