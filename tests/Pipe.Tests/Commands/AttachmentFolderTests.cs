using Pipe.Commands;

namespace Pipe.Tests.Commands;

public sealed class AttachmentFolderTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("/etc/passwd", "_etc_passwd")]
    [InlineData("..\\..\\autoexec.bat", "_.._autoexec.bat")]
    [InlineData("..", "attachment")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("-rf", "rf")]
    [InlineData("", "attachment")]
    [InlineData("a\0b\n\u001b[31m", "a_b___31m")]
    [InlineData("Größe 日本.txt", "Größe 日本.txt")]
    [InlineData("$(reboot);`x`|y", "_(reboot)__x__y")]
    public void SafeName_stays_in_its_folder_and_means_nothing(string name, string expected) =>
        Assert.Equal(expected, AttachmentFolder.SafeName(name));

    [Fact]
    public void SafeName_is_short_enough_for_every_file_system() =>
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(AttachmentFolder.SafeName(new string('日', 1000))), 1, 150);
}
