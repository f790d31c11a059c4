using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>ANCHORS 2.8, S12: keys change while nodes talk.</summary>
[TestFixture]
internal sealed class RotationTests
{
    private const int Burst = 5;

    [Test]
    public async Task Nothing_is_lost_while_the_key_changes_and_who_was_away_is_refused_by_its_name()
    {
        using var authority = TestKeys.Authority();
        var (old, next) = (SharedKey.Generate(), SharedKey.Generate());
        NetworkSecurity[] each = [.. Enumerable.Range(0, 3).Select(_ => authority.For(SecurityMode.SharedKey, old))];
        await using var a = await StartAsync(each[0]);
        await using var b = await StartAsync(each[1]);
        await using var away = await StartAsync(each[2]);
        var (from, to, late) = (a.Addresses[0], b.Addresses[0], away.Addresses[0]);
        var sent = 0;

        await TalkAsync();
        var opened = a.Network.Counters.ConnectionsOpened;
        foreach (var keys in each[..2])
        {
            keys.Keys.Shared.Replace([old, next]);
            await TalkAsync();
        }

        foreach (var keys in each[..2])
        {
            keys.Keys.Shared.Replace([next, old]);
            await TalkAsync();
        }

        foreach (var keys in each[..2])
        {
            keys.Keys.Shared.Replace([next]);
            await TalkAsync();
        }

        Assert.That(b.At(to).NumbersFrom(from), Is.EqualTo(Enumerable.Range(1, sent)));
        Assert.That(b.At(to).LinksLost(from) + a.At(from).LinksLost(to), Is.Zero);
        Assert.That(a.Network.Counters.Refused.Concat(b.Network.Counters.Refused), Is.Empty);
        Assert.That(a.Network.Counters.ConnectionsOpened, Is.EqualTo(opened), "nobody dialed again");

        away.Do(late, (in context) => context.Send(to, new Leave(666)));
        await away.UntilLinkLostAsync(late, to);
        await b.UntilAsync(() => b.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(b.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { ["UNKNOWN_KEY"] = 1 }));
        Assert.That(away.Network.Counters.Refused.Keys, Is.EqualTo(new[] { "UNKNOWN_KEY" }), "he hears why");
        foreach (var keys in each) keys.Keys.Dispose();

        async Task TalkAsync()
        {
            for (var round = 0; round < 20; round++)
            {
                var before = sent;
                a.Do(from, (in context) =>
                {
                    for (var number = 1; number <= Burst; number++) context.Send(to, new Leave(before + number));
                });
                sent += Burst;
                b.Do(to, (in context) => context.Send(from, new Leave(1)));
            }

            await b.UntilHeardAsync(to, from, sent);
        }
    }

    [Test]
    public async Task A_link_whose_other_end_still_uses_the_removed_key_ends()
    {
        using var authority = TestKeys.Authority();
        var (old, next) = (SharedKey.Generate(), SharedKey.Generate());
        var (one, other) = (authority.For(SecurityMode.SharedKey, old), authority.For(SecurityMode.SharedKey, old));
        await using var a = await StartAsync(one);
        await using var b = await StartAsync(other);
        var (from, to) = (a.Addresses[0], b.Addresses[0]);
        a.Do(from, (in context) => context.Send(to, new Leave(1)));
        await b.UntilHeardAsync(to, from, 1);

        other.Keys.Shared.Replace([next]);
        a.Do(from, (in context) => context.Send(to, new Leave(2)));

        await b.UntilLinkLostAsync(to, from);
        Assert.That(b.At(to).NumbersFrom(from), Is.EqualTo(new[] { 1 }));
        Assert.That(b.Network.Counters.Refused.Keys, Is.EqualTo(new[] { "UNKNOWN_KEY" }));
        one.Keys.Dispose();
        other.Keys.Dispose();
    }

    private static Task<RealContractNetwork> StartAsync(NetworkSecurity security) =>
        RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options() with { Security = security });
}
