using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>What a cluster's trust remembers spares work, and never a check.</summary>
[TestFixture]
internal sealed class RememberedProofTests
{
    private static readonly NodeAddress node = NodeAddress.Parse("127.0.0.1:6000");
    private static readonly byte[] data = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    private readonly SetClock clock = new();
    private ClusterAuthority authority = null!;
    private ClusterTrust trust = null!;
    private NodeKeys keys = null!;
    private byte[] signature = null!;

    [SetUp]
    public void SignOnce()
    {
        clock.Now = DateTimeOffset.UtcNow;
        authority = TestKeys.Authority();
        trust = authority.Trust(clock);
        keys = authority.Keys(node, fromDays: -1, untilDays: 1);
        signature = SignedBy(keys, data);
        Assert.That(trust.Meet(node, keys.Certificate.RawData), Is.EqualTo(CertificateVerdict.Valid));
    }

    [TearDown]
    public void Forget()
    {
        keys.Dispose();
        trust.Dispose();
        authority.Dispose();
    }

    /// <summary>Shown by a key that is gone, so that nothing can be checked with it any more.</summary>
    [Test]
    public void A_good_signature_is_checked_once_and_a_bad_one_each_time()
    {
        using var key = new NodePublicKey(keys.Certificate);
        var bad = Flipped(signature, 100);
        Assert.That(key.HasSigned(data, signature), Is.True);
        Assert.That(key.HasSigned(data, bad), Is.False);

        key.Dispose();

        Assert.That(key.HasSigned(data, signature), Is.True);
        Assert.That(() => key.HasSigned(data, bad), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void No_changed_bit_passes_for_what_is_remembered()
    {
        Assert.That(trust.HasSigned(node, data, signature), Is.True);

        for (var bit = 0; bit < signature.Length * 8; bit++)
            Assert.That(trust.HasSigned(node, data, Flipped(signature, bit)), Is.False);
        for (var bit = 0; bit < data.Length * 8; bit += 7)
            Assert.That(trust.HasSigned(node, Flipped(data, bit), signature), Is.False);
        Assert.That(trust.HasSigned(node, data, signature.AsSpan(..^1)), Is.False);
    }

    [Test]
    public void A_byte_that_moves_from_the_data_to_the_signature_is_no_signature()
    {
        Assert.That(trust.HasSigned(node, data, signature), Is.True);

        Assert.That(trust.HasSigned(node, data.AsSpan(1), [.. signature, data[0]]), Is.False);
        Assert.That(trust.HasSigned(node, [signature[^1], .. data], signature.AsSpan(..^1)), Is.False);
    }

    [Test]
    public void What_is_remembered_expires_with_the_certificate()
    {
        Assert.That(trust.HasSigned(node, data, signature), Is.True);

        clock.Now += TimeSpan.FromDays(2);

        Assert.That(trust.HasSigned(node, data, signature), Is.False);
        Assert.That(trust.Meet(node, keys.Certificate.RawData), Is.EqualTo(CertificateVerdict.Expired));
        Assert.That(trust.Meet(node, keys.Certificate), Is.EqualTo(CertificateVerdict.Expired));

        clock.Now -= TimeSpan.FromDays(4);

        Assert.That(trust.HasSigned(node, data, signature), Is.False);
        Assert.That(trust.Meet(node, keys.Certificate.RawData), Is.EqualTo(CertificateVerdict.NotYetValid));
    }

    [Test]
    public void Another_authority_of_the_same_name_is_foreign_beside_what_is_remembered()
    {
        using var other = TestKeys.Authority();
        using var forged = other.Keys(node);
        var foreign = SignedBy(forged, data);
        Assert.That(other.Certificate.Subject, Is.EqualTo(authority.Certificate.Subject));
        Assert.That(forged.Certificate.Subject, Is.EqualTo(keys.Certificate.Subject));

        Assert.That(trust.Meet(node, forged.Certificate.RawData), Is.EqualTo(CertificateVerdict.ForeignAuthority));
        Assert.That(trust.Meet(node, forged.Certificate), Is.EqualTo(CertificateVerdict.ForeignAuthority));

        Assert.That(trust.HasSigned(node, data, foreign), Is.False);
        Assert.That(trust.HasSigned(node, data, signature), Is.True);
    }

    [Test]
    public void Signatures_of_a_key_that_was_replaced_are_forgotten()
    {
        Assert.That(trust.HasSigned(node, data, signature), Is.True);
        using var next = authority.Keys(node);

        Assert.That(trust.Meet(node, next.Certificate.RawData), Is.EqualTo(CertificateVerdict.Valid));

        Assert.That(trust.HasSigned(node, data, signature), Is.False);
        Assert.That(trust.HasSigned(node, data, SignedBy(next, data)), Is.True);
    }

    [Test]
    public void Only_the_last_are_remembered()
    {
        var accepted = new AcceptedSignatures();
        var digests = Enumerable.Range(0, 5 * AcceptedSignatures.Generation / 2)
            .Select(number => AcceptedSignatures.Of(BitConverter.GetBytes(number), signature)).ToArray();
        foreach (var digest in digests) accepted.Add(digest);

        var remembered = digests.Where(digest => accepted.Contains(digest)).ToArray();
        Assert.That(remembered, Has.Length.InRange(AcceptedSignatures.Generation, 2 * AcceptedSignatures.Generation));
        Assert.That(remembered, Is.EqualTo(digests[^remembered.Length..]));
    }

    private static byte[] SignedBy(NodeKeys signer, byte[] bytes)
    {
        var made = new byte[NodeKeys.SignatureBytes];
        signer.Sign(bytes, made);
        return made;
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
