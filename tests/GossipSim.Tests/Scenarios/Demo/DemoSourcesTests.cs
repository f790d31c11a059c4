using GossipSim.Scenarios.Demo;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

/// <summary>Each step cites the sentence that it carries out, and no other.</summary>
[TestFixture]
internal sealed class DemoSourcesTests
{
    [TestCase(DemoPhase.SeedInitialization, "starts", "Document 003: seed nodes are the control plane")]
    [TestCase(DemoPhase.SeedInitialization, "is ready", "Document 003 logs: Total seeds: n, Quorum: floor(n/2)+1")]
    [TestCase(DemoPhase.SeedInitialization, "must agree", "Documents 000, 001 and 003: quorum = floor(n/2)+1")]
    [TestCase(DemoPhase.PeerRegistration, "asks to be let in", "Document 003: REGISTER_REQUEST")]
    [TestCase(DemoPhase.PeerRegistration, "proposes", "Document 003: REGISTER_REQUEST")]
    [TestCase(DemoPhase.PeerRegistration, "votes", "Document 003: a seed node votes YES if the peer isn")]
    [TestCase(DemoPhase.PeerRegistration, "voted YES", "Documents 000, 001 and 003: quorum = floor(n/2)+1")]
    [TestCase(DemoPhase.PeerRegistration, "lists", "Document 003 logs: CONSENSUS OUTCOME \u2014 APPROVED: Peer")]
    [TestCase(DemoPhase.PeerRegistration, "is told", "Document 003: REGISTER_REQUEST")]
    [TestCase(DemoPhase.OverlayConstruction, "chooses", "Document 000: overlay by preferential attachment")]
    [TestCase(DemoPhase.OverlayConstruction, " link", "Document 001: the graph of peers must be connected",
        "The overlay stands", "now watch")]
    [TestCase(DemoPhase.OverlayConstruction, "The overlay stands", "Documents 000, 001 and 003: few hubs, many leaves")]
    [TestCase(DemoPhase.GossipDissemination, "something to say", "Document 003: message id <timestamp>:<IP>:<Port>")]
    [TestCase(DemoPhase.GossipDissemination, "for the first time", "Documents 000 to 004: flood to the neighbors")]
    [TestCase(DemoPhase.GossipDissemination, "drops it", "Documents 000, 001, 003 and 004: a Message List of hashes")]
    [TestCase(DemoPhase.GossipDissemination, "have the message", "Document 003: one message every 5 s, at most 10")]
    [TestCase(DemoPhase.FailureDetection, "Who looks after", "Documents 000 to 004: periodic ping of the neighbors")]
    [TestCase(DemoPhase.FailureDetection, ": missed", "Documents 001 and 004: 3 consecutive misses = dead")]
    [TestCase(DemoPhase.FailureDetection, "again", "Documents 001 and 004: 3 consecutive misses = dead")]
    [TestCase(DemoPhase.FailureDetection, "really dies", "Document 003, phase 5: Failure Detection")]
    [TestCase(DemoPhase.FailureDetection, "suspects", "Document 003: suspect \u2192 query neighbors \u2192 majority")]
    [TestCase(DemoPhase.FailureDetection, "says: ", "Document 003: suspect \u2192 query neighbors \u2192 majority")]
    [TestCase(DemoPhase.FailureDetection, "report it", "Document 003: suspect \u2192 query neighbors \u2192 majority")]
    [TestCase(DemoPhase.FailureDetection, "two different ends", "Document 003, phase 5: Failure Detection")]
    [TestCase(DemoPhase.DeadNodeRemoval, "to sleep", "Documents 000, 001 and 003: quorum = floor(n/2)+1")]
    [TestCase(DemoPhase.DeadNodeRemoval, " reports the ", "Documents 001 and 003: Dead Node:<IP>:<Port>")]
    [TestCase(DemoPhase.DeadNodeRemoval, "proposes", "Document 003: DEAD_NODE_REPORT \u2192 PROPOSE_REMOVE")]
    [TestCase(DemoPhase.DeadNodeRemoval, "votes", "Document 003: DEAD_NODE_REPORT \u2192 PROPOSE_REMOVE")]
    [TestCase(DemoPhase.DeadNodeRemoval, "voted YES", "Documents 000, 001 and 003: quorum = floor(n/2)+1")]
    [TestCase(DemoPhase.DeadNodeRemoval, "strikes", "Document 003 logs: CONFIRMED REMOVAL: <address>")]
    [TestCase(DemoPhase.DeadNodeRemoval, "let go", "Document 003: DEAD_NODE_REPORT \u2192 PROPOSE_REMOVE")]
    [TestCase(DemoPhase.DeadNodeRemoval, "catches up", "Document 003: seed nodes synchronize their lists")]
    [TestCase(DemoPhase.DeadNodeRemoval, "What you have seen", "Document 003, phase 6: Dead-Node Removal")]
    public void A_step_cites_what_it_carries_out(DemoPhase phase, string title, string source, params string[] but)
    {
        var steps = Demos.Usual.StepsOf(phase).Titled(title)
            .Where(step => !but.Any(word => step.Title.Contains(word, StringComparison.Ordinal))).ToArray();

        Assert.That(steps, Is.Not.Empty);
        Assert.That(steps.Select(step => step.Source), Has.All.StartsWith(source));
    }

    [Test]
    public void Only_what_we_do_ourselves_and_the_second_look_cite_nothing()
    {
        var titles = Demos.Usual.AllSteps().Where(step => step.Source is null).Select(step => step.Title).ToArray();

        Assert.That(titles, Has.Length.EqualTo(5));
        Assert.That(titles, Has.All.Match("^We stop peer|^Peer .* goes on|tries once more$|wakes up$"));
    }
}
