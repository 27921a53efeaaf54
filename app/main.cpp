#include "app/commands/command.h"

int main(int argc, char **argv)
{
    return commands::dispatch(argc, argv);
}
