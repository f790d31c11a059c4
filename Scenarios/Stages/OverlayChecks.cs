using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 3: five peers find each other and link up.</summary>
internal static class OverlayChecks
{
    public static readonly Check Formation = new(
        "start 5 peers", "5 of 5 listed at every seed node, their links two-way and connected", FormationAsync);

    public static readonly Check Acceptance = new(
        "two newcomers register, and connect to each of the 5", "each accepts: connection, HELLO and link",
        AcceptanceAsync);

    /// <summary>LEAVE has no answer, and may be lost with a connection that a seed node just ended.</summary>
    private static readonly TimeSpan sayAgain = TimeSpan.FromSeconds(2);

    private static async Task FormationAsync(TestStand stand, Observation seen)
    {
        await LeaveAsync(stand, seen);
        await Task.WhenAll(stand.Peers.Select(stand.Network.StartAsync));
        var (lists, hold) = await stand.ListsUntilAsync(
            list => list.Members.Select(member => member.Address).SequenceEqual(stand.Peers),
            stand.Waits.Formation);
        seen.Require(hold, "not these 5 are listed everywhere");
        seen.Note(stand.InWords(lists));

        var links = new Overlay(new Dictionary<NodeAddress, NodeAddress[]>());
        await TestStand.UntilAsync(
            async () => (links = await Overlay.AskAsync(stand)).Complaint(stand.Peers) is null,
            stand.Waits.Formation);
        if (links.Complaint(stand.Peers) is { } complaint) seen.Wrong(complaint);
        seen.Note($"degrees {links.Degrees()}");
    }

    /// <summary>The members of stage 2 go by their own wish, so that the peers are among themselves.</summary>
    private static async Task LeaveAsync(TestStand stand, Observation seen)
    {
        HandMadePeer[] leaving = [stand.First, stand.Second];
        var left = await TestStand.UntilAsync(
            async () =>
            {
                foreach (var peer in leaving.Where(peer => peer.Epoch > 0)) await SayLeaveAsync(peer, stand);
                var (_, hold) = await stand.ListsUntilAsync(list => list.Members.Count == 0, sayAgain);
                return hold;
            },
            stand.Waits.Registration);
        seen.Require(left, "who said LEAVE is still listed");
        foreach (var peer in leaving) peer.Epoch = 0;
    }

    private static async Task SayLeaveAsync(HandMadePeer peer, TestStand stand)
    {
        var leave = new JsonObject { ["type"] = "LEAVE", ["epoch"] = peer.Epoch };
        foreach (var seed in stand.SeedNodes) await peer.SendAsync(seed, leave, stand.Waits.Answer);
    }

    private static async Task AcceptanceAsync(TestStand stand, Observation seen)
    {
        var accepted = 0;
        foreach (var newcomer in new[] { stand.First, stand.Second })
        {
            var answer = await stand.RegisterAsync(newcomer, stand.SeedNodes[0]);
            seen.Require(answer?.Type == "REGISTER_ACK", $"{newcomer.Address.Port} is not registered");
            foreach (var peer in stand.Peers)
            {
                if (await ConnectAsync(newcomer, peer, stand))
                    accepted++;
                else
                    seen.Wrong($"{peer.Port} did not accept {newcomer.Address.Port}");
            }
        }

        seen.Note($"{accepted} of {2 * stand.Peers.Length} links accepted");
    }

    private static async Task<bool> ConnectAsync(HandMadePeer newcomer, NodeAddress peer, TestStand stand)
    {
        var connect = new JsonObject
        {
            ["type"] = "CONNECT",
            ["nodeId"] = newcomer.NodeId,
            ["epoch"] = newcomer.Epoch,
            ["joinStamp"] = newcomer.JoinStamp,
        };
        var answer = await newcomer.AskAsync(
            peer, connect, line => line.Type is "ACCEPT" or "REFUSE" or "REMOVED", stand.Waits.Answer);
        if (answer?.Type != "ACCEPT") return false;
        newcomer.Neighbors = newcomer.Neighbors.Add(peer);
        return true;
    }
}
