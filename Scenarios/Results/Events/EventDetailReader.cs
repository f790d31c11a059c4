using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Reads back what <see cref="EventDetail"/> wrote.</summary>
/// <exception cref="FormatException">A value is not what the kind of event asks for.</exception>
internal static class EventDetailReader
{
    /// <param name="detail">Undefined where the event has none.</param>
    public static object? Read(EventKind kind, NodeAddress about, long number, JsonElement detail)
    {
        if (detail.ValueKind == JsonValueKind.Object) return ReadObject(kind, about, number, detail);
        if (detail.ValueKind != JsonValueKind.Undefined)
            throw new FormatException("a detail is not what its kind asks for, allowed is an object { … }");
        RequireNone(kind);
        return null;
    }

    /// <summary>That an event may come without a detail: who reads these kinds relies on what it tells.</summary>
    /// <exception cref="FormatException">Each of its kind has one.</exception>
    public static void RequireNone(EventKind kind)
    {
        if (AlwaysTells(kind))
            throw new FormatException($"\"detail\" is missing, every {EventDetail.Name(kind.ToString())} has one");
    }

    /// <summary>
    /// What the program never writes without a detail. A suspicion and a duplicate may have none, and of the others
    /// nothing is read.
    /// </summary>
    private static bool AlwaysTells(EventKind kind) => kind
        is EventKind.ProcessStarted or EventKind.ProcessCrashed or EventKind.InputRefused
        or EventKind.FaultStruck or EventKind.FaultEnded
        or EventKind.RegistrationRefused or EventKind.RegistrationDenied or EventKind.NeighborsSelected
        or EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipRefused or EventKind.GossipGivenUp
        or EventKind.WitnessHeard or EventKind.DeathReported or EventKind.ReportHeard or EventKind.ReportAmbiguous
        or EventKind.SeedNodeStarted or EventKind.Measured
        or (>= EventKind.ProposalOpened and <= EventKind.EntryRecalled);

    private static object? ReadObject(
        EventKind kind, NodeAddress about, long number, JsonElement detail) => kind switch
    {
        EventKind.ProcessStarted => IdOf(detail),
        EventKind.ProcessCrashed or EventKind.InputRefused => Text(detail, "text"),
        EventKind.FaultStruck or EventKind.FaultEnded => Strike(detail),
        EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipDuplicate
            or EventKind.GossipRefused => Gossip(detail),
        EventKind.GossipGivenUp => Key(detail),
        EventKind.NeighborsSelected => Addresses(detail.Needed("targets")),
        EventKind.Suspected => new Silence(
            (long)Math.Round(detail.Needed("sinceFirstMissMs").GetDouble() * 1000)),
        EventKind.WitnessHeard => new Witness(
            about, 0, detail.Needed("round").GetInt32(), Word<Verdict>(detail, "verdict")),
        EventKind.DeathReported => Report(about, number, detail),
        EventKind.ReportHeard or EventKind.ReportAmbiguous => new HeardReport(
            Report(about, number, detail),
            detail.TryGetProperty("reporter", out _) ? Address(detail, "reporter") : NodeAddress.None),
        EventKind.RegistrationRefused or EventKind.RegistrationDenied => new RegisterNack(
            Word<RefusalReason>(detail, "reason"), detail.Needed("retryAfterMs").GetInt32()),
        EventKind.Measured => MetricOf(detail),
        EventKind.SeedNodeStarted => detail.Needed("learning").GetBoolean(),
        EventKind.ProposalOpened or EventKind.VoteCast or EventKind.VoteHeard or EventKind.ProposalApproved
            or EventKind.ProposalRejected or EventKind.EntryCommitted or EventKind.EntryRecalled =>
            Ballot(about, detail),
        // Certificates are not logged, so acknowledgements cannot be made again; their epoch is in the event's number.
        _ => null,
    };

    private static LoggedGossip Gossip(JsonElement detail) => new(
        Text(detail, "id"), detail.TryGetProperty("origin", out _) ? Key(detail) : null,
        detail.TryGetProperty("recovered", out var recovered) && recovered.GetBoolean(),
        detail.TryGetProperty("why", out var why) ? why.GetString() : null);

    private static GossipKey Key(JsonElement detail) => new(
        Address(detail, "origin"), detail.Needed("epoch").GetInt32(), detail.Needed("count").GetInt32());

    private static FaultStrike Strike(JsonElement detail) => new(
        Text(detail, "type"), Text(detail, "fault"),
        [.. detail.Needed("groups").EnumerateArray().Select(Addresses)],
        detail.TryGetProperty("oneWay", out var oneWay) && oneWay.GetBoolean(),
        detail.TryGetProperty("mayIsolate", out var isolates) && isolates.GetBoolean(),
        detail.TryGetProperty("behavior", out var behavior) ? behavior.GetString() : null,
        detail.TryGetProperty("emptiesDisks", out var empties) && empties.GetBoolean());

    /// <summary>The log has the names of metrics; what they are called in figures their protocol knows.</summary>
    private static Metric MetricOf(JsonElement detail)
    {
        var name = Text(detail, "metric");
        try
        {
            return new Metric(name, label: name);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"\"{name}\" is no name of a metric");
        }
    }

    private static DeadNode Report(NodeAddress about, long number, JsonElement detail) => new(
        about, (int)number, IdOf(detail), Word<ReportFlag>(detail, "flag"), Text(detail, "text"));

    private static Ballot Ballot(NodeAddress about, JsonElement detail)
    {
        var state = Text(detail, "op") == "remove" ? MemberState.Removed : MemberState.Alive;
        var entry = new MembershipEntry(
            about, detail.Needed("epoch").GetInt32(), state, IdOf(detail),
            detail.Needed("joinStamp").GetInt64());
        var hasVoter = detail.TryGetProperty("voter", out _);
        return new Ballot(
            Proposal(Text(detail, "proposal")), entry, detail.Needed("quorum").GetInt32(),
            Addresses(detail.Needed("voters")),
            hasVoter ? Address(detail, "voter") : default,
            hasVoter && detail.Needed("yes").GetBoolean(),
            detail.TryGetProperty("reason", out _) ? Word<RefusalReason>(detail, "reason") : RefusalReason.None);
    }

    private static ProposalId Proposal(string text)
    {
        var parts = text.Split('#');
        if (parts.Length != 2 || !long.TryParse(parts[1], out var counter))
            throw new FormatException($"'{text}' names no proposal");
        return new ProposalId(NodeAddress.Parse(parts[0]), counter);
    }

    private static NodeId IdOf(JsonElement detail) =>
        NodeId.TryParse(Text(detail, "nodeId"), out var id)
            ? id
            : throw new FormatException($"'{Text(detail, "nodeId")}' is no node id");

    private static NodeAddress[] Addresses(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => NodeAddress.Parse(item.GetString() ?? ""))];

    private static NodeAddress Address(JsonElement detail, string name) => NodeAddress.Parse(Text(detail, name));

    private static string Text(JsonElement detail, string name) =>
        detail.Needed(name).GetString() ?? throw new FormatException($"\"{name}\" is null");

    private static T Word<T>(JsonElement detail, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(detail, name), ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{Text(detail, name)}' is no {name}");
}
